/** The inspector's reasons: what a message will come to, by the numbers that Raft compares; each said in both languages. */

import { describe, expect, it } from 'vitest';
import { linkSentence, messageSentence, whyMessage } from '../../src/late/why-message';
import { wordsOf } from '../../src/locales';
import type { FeedEvent, MessageView, View } from '../../src/model';
import { cluster, cut, leads, message, node, writeLog } from '../fixtures/build';
import { figure8, scenes } from '../fixtures/scenes';

const en = (view: View, sent: MessageView, events: FeedEvent[] = []) => {
  const fact = whyMessage(view, sent, events);
  return fact === null ? null : Object.values(messageSentence.en(fact)).join(' ');
};

function voting(): View {
  const view = cluster(3, 100_000);
  const cell = (term: number) => ({ term, command: 'put x 1' });
  writeLog(node(view, 'n3'), [cell(1), cell(3)], 0);
  Object.assign(node(view, 'n3'), { term: 3 });
  return view;
}

describe('a vote', () => {
  it('is refused to a log that is behind, with the two last entries', () => {
    const view = voting();
    const asks = message(view, 'requestVote', 'n1', 'n3', 0.5, { last: { term: 2, index: 9 } });
    expect(en(view, { ...asks, term: 4 })).toBe(
      'n3 will refuse its vote: its last entry is (term 3, index 2), n1’s is (2, 9). §5.4.1',
    );
  });

  it('is given to a log as long, and refused by who has given it away', () => {
    const view = voting();
    const asks = { ...message(view, 'requestVote', 'n1', 'n3', 0.5, { last: { term: 3, index: 2 } }), term: 4 };
    expect(en(view, asks)).toMatch(/^n3 will say yes:/);
    Object.assign(node(view, 'n3'), { term: 4, votedFor: 'n2' });
    expect(en(view, asks)).toBe('n3 will refuse its vote: it has given its vote of term 4 to n2. §5.2');
  });

  it('that was refused says why, from the record', () => {
    const view = voting();
    const answer = message(view, 'requestVoteResponse', 'n3', 'n1', 0.5, { granted: false });
    const why = { kind: 'logBehind', mine: { term: 3, index: 7 }, theirs: { term: 2, index: 9 } } as const;
    const records: FeedEvent[] = [
      { seq: 1, atUs: 1, what: { kind: 'voteRefused', node: 'n3', to: 'n1', term: 4, why } },
    ];
    expect(en(view, { ...answer, term: 4 }, records)).toBe(
      'n3 refused n1 its vote: its last entry is (term 3, index 7), n1’s is (2, 9). §5.4.1',
    );
  });
});

describe('an append', () => {
  it('is taken where the logs agree, and refused where they do not', () => {
    const { view } = figure8();
    const [append] = view.messages;
    if (append === undefined) throw new Error('there is an append');
    expect(en(view, append)).toBe('n2 will take it: n2 holds 2@2, which it follows. §5.3');
    expect(en(view, { ...append, to: 'n4' })).toBe(
      'n4 will refuse it: it follows 2@2, and n4 has nothing there. n1 will step back. §5.3',
    );
  });

  it('of an older term, or to a crashed node, comes to nothing', () => {
    const { view } = figure8();
    const [append] = view.messages;
    if (append === undefined) throw new Error('there is an append');
    expect(en(view, { ...append, term: 3 })).toMatch(/n2 is in term 4\. §5\.1$/);
    expect(en(view, { ...append, to: 'n5' })).toMatch(/^n5 has crashed/);
  });
});

it('a link says who hears whom, and what that means for a majority', () => {
  const view = cluster(3, 0);
  leads(view, 'n1', 1, ['n2']);
  cut(view, 'n1', 'n2');
  const link = view.links.find(({ id }) => id === 'n1-n2');
  if (link === undefined) throw new Error('there is a link');
  expect(linkSentence(view, link, 'en').lead).toBe('n1 and n2 hear nothing of each other.');
  expect(linkSentence(view, { ...link, cutBA: false }, 'en').lead).toBe('n2 does not hear n1, but n1 hears n2.');
  expect(linkSentence(view, link, 'zh').lead).toBe('n1 与 n2 互相听不到。');
});

it('every message of every scene has its reason in both languages, or none at all', () => {
  for (const { view } of scenes()) {
    for (const each of view.messages) {
      const fact = whyMessage(view, each, []);
      for (const lang of ['en', 'zh'] as const) {
        const said = fact === null ? { lead: 'x', rest: '' } : messageSentence[lang](fact);
        expect(said.lead.length).toBeGreaterThan(0);
        expect(`${said.lead}${said.rest}`).not.toMatch(/undefined|NaN|null/);
      }
    }
  }
});

it('a candidate whose own vote is not written yet has nobody’s', () => {
  const why = { kind: 'candidate', node: 'n1', term: 3, granted: [], refused: [], quorum: 3 } as const;
  expect(wordsOf('en').why({ ...why, granted: [], refused: [] }).rest).toBe('Nobody has said yes; it needs 3.');
  expect(wordsOf('zh').why({ ...why, granted: [], refused: [] }).rest).toBe('还没有节点同意，需要 3 票。');
  expect(wordsOf('en').why({ ...why, granted: ['n1'], refused: [] }).rest).toBe('n1 said yes; it needs 3.');
});
