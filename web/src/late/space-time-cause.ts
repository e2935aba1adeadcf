/**
 * What one message was sent for: the message, or the time-out, that its sender answered to. By the rules of Raft's messages, not by time alone: an answer
 * has its request, a vote was asked for because a timer ran out, an append carries a client's command or follows an election. Pure functions.
 */

import type { Card, Mark, Passage } from '../lens-model';

/** What came before: a message, or a node whose election timer ran out. */
export type Cause = { readonly passage: Passage } | { readonly timedOut: string; readonly atUs: number };

/** The kind that an answer answers. */
const REQUEST_OF: Readonly<Record<string, Card['kind']>> = {
  requestVoteResponse: 'requestVote',
  requestPreVoteResponse: 'requestPreVote',
  appendEntriesResponse: 'appendEntries',
  heartbeatResponse: 'heartbeat',
  readIndexResponse: 'readIndex',
};

/** What a message was sent for; null where nothing that is known says it. */
export function causeOf(passages: readonly Passage[], marks: readonly Mark[], message: Passage): Cause | null {
  const { card, sentUs } = message;
  const last = (fits: (card: Card) => boolean): Cause | null => {
    const found = passages.findLast(
      (each) => each.end === 'arrived' && each.endUs <= sentUs && each.card.to === card.from && fits(each.card),
    );
    return found === undefined ? null : { passage: found };
  };
  const request = REQUEST_OF[card.kind];
  if (request !== undefined) {
    return last(({ kind, from }) => kind === request && from === card.to);
  }
  const elected = () =>
    last(({ kind, granted, term }) => kind === 'requestVoteResponse' && granted === true && term === card.term);
  switch (card.kind) {
    case 'requestVote':
    case 'requestPreVote': {
      const mark = marks.findLast(({ kind, who, atUs }) => kind === 'timedOut' && who === card.from && atUs <= sentUs);
      return mark === undefined ? last(({ kind }) => kind === 'timeoutNow') : { timedOut: mark.who, atUs: mark.atUs };
    }
    case 'appendEntries': {
      const command = card.entries.at(-1)?.command ?? '';
      return (
        (command === '' ? null : last((each) => each.kind === 'clientRequest' && each.command === command)) ?? elected()
      );
    }
    case 'heartbeat':
      return elected();
    case 'clientReply':
      return last(({ kind, rejected }) => kind === 'appendEntriesResponse' && rejected !== true);
    default:
      return null;
  }
}

/** The causes of a message, the nearest first: at most so many, and none twice. */
export function chainOf(passages: readonly Passage[], marks: readonly Mark[], message: Passage, most: number): Cause[] {
  const chain: Cause[] = [];
  for (let at: Passage | null = message; at !== null && chain.length < most; ) {
    const cause = causeOf(passages, marks, at);
    if (cause !== null) {
      chain.push(cause);
    }
    at = cause !== null && 'passage' in cause ? cause.passage : null;
  }
  return chain;
}
