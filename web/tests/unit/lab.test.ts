/** The laboratory: what is opened, what is done, and what goes wrong, with sessions driven by hand. */

import { expect, test } from 'vitest';
import { Lab } from '../../src/elements/lab';
import type { FeedEvent } from '../../src/model';
import { HandFrames, handDrivenSessions } from '../fixtures/hand-driven';

function lab() {
  const sessions = handDrivenSessions();
  const happened: FeedEvent[] = [];
  const counts = { moved: 0, changed: 0, opened: 0 };
  const made = new Lab(
    sessions,
    {
      moved: () => counts.moved++,
      changed: () => counts.changed++,
      opened: () => counts.opened++,
      flowed: () => undefined,
      happened: (events) => happened.push(...events),
    },
    new HandFrames(),
  );
  return { lab: made, sessions, happened, counts };
}

test('a moment is restored, and its hash comes back', async () => {
  const { lab: it } = lab();
  expect(await it.open({ from: 'hash', hash: '#abc&t=42000' }, 5)).toBe(true);
  expect(it.nowUs).toBe(42_000);
  expect(it.momentHash).toBe('#run-3&t=42000');
  expect(it.furthestUs, 'so far the slider goes').toBe(42_000);
});

test('garbage in the hash: a fresh run goes on, and the fault is named', async () => {
  const { lab: it, sessions } = lab();
  expect(await it.open({ from: 'hash', hash: '#bad' }, 3)).toBe(false);
  expect(it.fault).toMatchObject({ what: 'hash', detail: 'cannot read "bad"', after: 'fresh' });
  expect(sessions.made.map((session) => session.runText)).toEqual(['nodes 3\n']);
});

test('a bad moment is named, though the link is good', async () => {
  const { lab: it } = lab();
  await it.open({ from: 'hash', hash: '#abc&t=soon' }, 5);
  expect(it.fault?.detail).toMatch(/"t=soon" is not a moment/);
});

test('a bad run leaves the present one as it is', async () => {
  const { lab: it, sessions } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  await it.open({ from: 'text', text: 'seed bad' }, 5);
  expect(it.fault).toMatchObject({ what: 'run', after: 'goesOn' });
  expect(it.runText).toBe('nodes 5\n');
  expect(sessions.made[0]?.disposed).toBe(false);
});

test('the run that is left is given back', async () => {
  const { lab: it, sessions } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  await it.open({ from: 'fresh', nodes: 3 }, 3);
  expect(sessions.made.map((session) => session.disposed)).toEqual([true, false]);
});

test('a bad action throws its fault and changes nothing; a hand sees it as a message; a good one clears it', async () => {
  const { lab: it } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  const before = it.runText;
  expect(() => it.act('explode')).toThrow('unknown action "explode"');
  expect(it.tryAct('explode')).toBe(false);
  expect(it.fault).toMatchObject({ what: 'act', detail: 'unknown action "explode"', after: 'goesOn' });
  expect(it.runText).toBe(before);
  expect(it.tryAct('crash n1')).toBe(true);
  expect(it.fault).toBeNull();
});

test('each record is told once, in order, and only so many are kept', async () => {
  const { lab: it, happened } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  it.player.advance(10_000);
  it.player.advance(10_000);
  expect(happened.map((event) => event.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  it.player.advance(5_000_000);
  expect(it.feed).toHaveLength(300);
  expect(it.feed.at(-1)?.seq).toBe(5019);
});

test('a trap stops everything until it goes on from the run', async () => {
  const { lab: it, sessions } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  it.player.play();
  it.forcePanic();
  expect(it.trap?.message).toBe('panicked');
  expect(it.player.playing).toBe(false);
  expect(it.view).not.toBeNull();
  expect(it.goOn()).toBe(1);
  expect(it.trap).toBeNull();
  expect(sessions.made[0]?.restarts).toBe(1);
});

test('before there is a run, an action says so', () => {
  expect(() => lab().lab.act('crash n1')).toThrow('there is no run yet');
});

test('a core that cannot be loaded is a message, not a blank page', async () => {
  const { lab: it, sessions } = lab();
  sessions.load = () => Promise.reject(new Error('404 Not Found'));
  expect(await it.open({ from: 'fresh', nodes: 5 }, 5)).toBe(false);
  expect(it.fault).toMatchObject({ what: 'load', detail: '404 Not Found', after: 'nothing' });
});

test('back in time the feed is that of the moment, and nothing is told twice', async () => {
  const { lab: it, happened } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  it.player.advance(10_000);
  expect(it.stepBack()).toBe(true);
  expect(it.nowUs).toBe(9000);
  expect(it.feed.at(-1)?.seq).toBe(8);
  it.seek(2000);
  expect(it.feed.map((event) => event.seq)).toEqual([0, 1]);
  expect(it.furthestUs).toBe(10_000);
  expect(happened).toHaveLength(10);
});

test('an act in the past is the end of what was seen', async () => {
  const { lab: it } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  it.player.advance(10_000);
  it.seek(3000);
  it.act('crash n1');
  expect(it.furthestUs).toBe(3000);
  expect(it.undo()).toBe(true);
  expect(it.runText).toBe('nodes 5\n');
});

test('a future that was left is kept with all that was seen of it, and can be returned to', async () => {
  const { lab: it } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  it.player.advance(10_000);
  const quiet = it.branch;
  it.act('crash n1');
  expect([...it.branches.values()], 'nothing lay ahead').toEqual([]);
  it.undo();
  it.seek(3000);
  it.act('crash n1');
  expect([...it.branches.values()].at(-1)).toEqual({ id: quiet, runText: 'nodes 5\n', untilUs: 10_000 });
  expect([...it.branches.values()][0], 'what was undone').toMatchObject({ runText: 'nodes 5\n@10000 crash n1\n' });
  expect([it.furthestUs, it.spanUs]).toEqual([3000, 10_000]);
  it.player.advance(1000);
  expect(it.switchTo(Number(quiet))).toBe(true);
  expect([it.runText, it.furthestUs]).toEqual(['nodes 5\n', 10_000]);
  expect([...it.branches.values()].at(-1)).toMatchObject({ runText: 'nodes 5\n@3000 crash n1\n', untilUs: 4000 });
  await it.open({ from: 'fresh', nodes: 3 }, 3);
  expect(it.branches.size).toBe(0);
});

test('when the session was made anew, after another player trapped, futures of its former life lead nowhere', async () => {
  const { lab: it, sessions } = lab();
  await it.open({ from: 'fresh', nodes: 5 }, 5);
  it.player.advance(10_000);
  const quiet = it.branch;
  it.seek(3000);
  it.act('crash n1');
  expect(it.branches.has(Number(quiet))).toBe(true);
  const [session] = sessions.made;
  if (session) session.lives += 1;
  expect(it.switchTo(Number(quiet))).toBe(false);
  expect(it.runText).toBe('nodes 5\n@3000 crash n1\n');
  expect(it.branches.size).toBe(0);
});

test('what a prepared run would still have done is kept when somebody acts before it', async () => {
  const { lab: it } = lab();
  await it.open({ from: 'text', text: 'nodes 5\n@9000 crash n1\n' }, 5);
  it.player.advance(2000);
  it.act('crash n1');
  expect(it.runText).toBe('nodes 5\n@2000 crash n1\n');
  expect([...it.branches.values()].map(({ untilUs }) => untilUs)).toEqual([9000]);
});

test('an opening that another one has overtaken opens nothing, and asks nothing more of its session', async () => {
  const { lab: it, sessions } = lab();
  const { fromLink } = sessions;
  sessions.fromLink = (link) => Object.assign(fromLink(link), { reachUs: 1000, otherEngine: 9 });
  const slow = it.open({ from: 'hash', hash: '#abc&t=900000' }, 5);
  await expect.poll(() => it.nowUs).toBeGreaterThan(0);
  sessions.fromLink = fromLink;
  expect(await it.open({ from: 'hash', hash: '#abcde&t=7000' }, 5)).toBe(true);
  expect(await slow).toBe(false);
  expect(it.fault).toBeNull();
  expect([it.runText, it.nowUs]).toEqual(['abcde', 7000]);
});

test('a run text that is set before there is a run is refused with what to wait for', () => {
  const { lab: it, sessions } = lab();
  expect(() => it.openText('nodes 3\n')).toThrow('wait for the element to be ready');
  expect(sessions.made).toEqual([]);
});
