/** Playback: wall time becomes simulated time, and nothing is made up in a burst. */

import { describe, expect, test } from 'vitest';
import { FRAME_BUDGET_MS, FRAME_WALL_MS_MAX, frameGapMs, Player, SPEED_MAX, SPEED_MIN, SPEEDS } from '../../src/player';
import { HandDriven, HandFrames, notes } from '../fixtures/hand-driven';

function playing(speed = 0.05) {
  const frames = new HandFrames();
  const listener = notes();
  const player = new Player(listener, frames);
  const session = new HandDriven('nodes 5\n');
  player.session = session;
  player.speed = speed;
  player.play();
  frames.pass(0);
  return { frames, listener, player, session };
}

describe('speed', () => {
  test('one wall second at 1/20 is fifty simulated milliseconds', () => {
    const { frames, session } = playing(0.05);
    for (let i = 0; i < 60; i += 1) frames.pass(1000 / 60);
    expect(session.nowUs).toBeGreaterThan(49_990);
    expect(session.nowUs).toBeLessThanOrEqual(50_000);
  });

  test('at 1/1000 the fractions of a microsecond are not lost', () => {
    const { frames, session } = playing(0.001);
    for (let i = 0; i < 1000; i += 1) frames.pass(1.5);
    expect(session.nowUs).toBeGreaterThanOrEqual(1499);
  });

  test('is kept within its bounds, and goes by notches', () => {
    const { player } = playing(0.05);
    player.speed = 1e9;
    expect(player.speed).toBe(SPEED_MAX);
    player.speed = 0;
    expect(player.speed).toBe(SPEED_MIN);
    player.speed = 0.05;
    player.shiftSpeed(1);
    expect(player.speed).toBe(0.1);
    player.shiftSpeed(-1);
    player.shiftSpeed(-1);
    expect(player.speed).toBe(0.02);
  });

  test('are offered from a thousandth to a hundred times', () => {
    expect([SPEEDS[0], SPEEDS.at(-1)]).toEqual([0.001, 100]);
  });
});

describe('frames', () => {
  test('are far apart at slow speeds, and follow the screen from a fifth of real speed on', () => {
    expect([0.001, 0.05, 0.1].map(frameGapMs)).toEqual([60, 60, 40]);
    expect([0.25, 1, 100].map(frameGapMs)).toEqual([0, 0, 0]);
  });

  test('none is asked for while paused, hidden or without a session', () => {
    const { frames, player } = playing();
    expect(frames.asked).toBe(1);
    player.pause();
    expect(frames.asked).toBe(0);
    player.play();
    player.shown = false;
    expect(frames.asked).toBe(0);
    player.shown = true;
    expect(frames.asked).toBe(1);
    player.session = null;
    expect(frames.asked).toBe(0);
  });

  test('after a minute out of sight it goes on as if no time had passed', () => {
    const { frames, player, session } = playing();
    frames.pass(16);
    const before = session.nowUs;
    player.shown = false;
    frames.pass(60_000);
    player.shown = true;
    frames.pass(16);
    expect(session.nowUs).toBe(before);
  });

  test('one long frame stands for no more than its bound', () => {
    const { frames, session } = playing(1);
    frames.pass(60_000);
    expect(session.nowUs).toBe(FRAME_WALL_MS_MAX * 1000);
  });

  test('a world that cannot keep up is not chased', () => {
    const { frames, session } = playing(1);
    session.reachUs = 1000;
    for (let i = 0; i < 10; i += 1) frames.pass(16);
    expect(session.nowUs).toBe(10_000);
    session.reachUs = Number.POSITIVE_INFINITY;
    frames.pass(16);
    expect(session.nowUs).toBe(26_000);
    expect(new Set(session.budgets)).toEqual(new Set([FRAME_BUDGET_MS]));
  });

  test('says whether anything but positions changed', () => {
    const { frames, listener } = playing(0.05);
    listener.heard.length = 0;
    frames.pass(10);
    frames.pass(15);
    expect(listener.heard).toEqual(['moved', 'changed']);
  });
});

describe('hands', () => {
  test('a step pauses and goes to the next record', () => {
    const { frames, player, session } = playing();
    frames.pass(30);
    player.step();
    expect(player.playing).toBe(false);
    expect(session.nowUs).toBe(2000);
  });

  test('advance runs simulated time at once, in bounded or unbounded worlds', () => {
    const { player, session } = playing();
    player.advance(250_000);
    expect(session.nowUs).toBe(250_000);
  });

  test('a world that throws stops playback and is reported', () => {
    const { frames, listener, player, session } = playing();
    session.advance = () => {
      throw new Error('boom');
    };
    frames.pass(16);
    expect(player.playing).toBe(false);
    expect(listener.heard).toContain('failed: Error: boom');
  });
});
