/**
 * What one message was sent for: what its sender's loop had taken from the inbox when the core handed the message out, as its Readys tell. Nothing
 * is guessed from the kinds of messages; what is no longer kept has no cause. Pure functions.
 */

import type { Card, ItemCard, Passage, Round } from '../lens-model';

/** What came before: a message; or that a node timed out, its clock ticked, or somebody had it do something. */
export type Cause =
  | { readonly passage: Passage }
  | { readonly node: string; readonly by: 'timedOut' | 'ticked' | 'hand' };

/** What is kept of a run. */
export interface Kept {
  readonly passages: readonly Passage[];
  readonly rounds: readonly Round[];
}

/** Most cards differ in what is cheap to compare. */
const same = (a: Card, b: Card): boolean =>
  a.kind === b.kind && a.to === b.to && a.term === b.term && JSON.stringify(a) === JSON.stringify(b);

/** The last message to have arrived by a moment that fits. */
function arrived({ passages }: Kept, byUs: number, fits: (card: Card) => boolean): Passage | null {
  return passages.findLast(({ end, endUs, card }) => end === 'arrived' && endUs <= byUs && fits(card)) ?? null;
}

/** The round in which a node handed out a message: of a Raft message the one that holds it, of an answer the one that applied the command. */
function roundOf(kept: Kept, { card, sentUs }: Passage): Round | null {
  const fits =
    card.kind === 'clientReply'
      ? answers(kept, card, sentUs)
      : ({ messages, heldBack }: Round) => [...messages, ...heldBack].some((each) => same(each, card));
  return kept.rounds.findLast((round) => round.node === card.from && round.atUs <= sentUs && fits(round)) ?? null;
}

function answers(kept: Kept, reply: Card, sentUs: number): (round: Round) => boolean {
  const asked = arrived(
    kept,
    sentUs,
    ({ kind, from, to }) => kind === 'clientRequest' && from === reply.to && to === reply.from,
  );
  const command = asked?.card.command;
  return ({ took, committed }) =>
    reply.rejected === true
      ? took?.kind === 'request' && took.client === reply.to
      : committed.some((entry) => entry.command === command) ||
        (took?.kind === 'request' && took.client === reply.to && took.command === command);
}

/** What a loop took, and, where a Ready only follows on the one before, what that one's took. */
function tookOf({ rounds }: Kept, round: Round): ItemCard | null {
  const taken = ({ node, seq, took }: Round) => node === round.node && seq <= round.seq && took !== null;
  return rounds.findLast(taken)?.took ?? null;
}

/** What a message was sent for; null of a client's request, and where it is not kept. */
export function causeOf(kept: Kept, message: Passage): Cause | null {
  const round = roundOf(kept, message);
  const took = round === null ? null : tookOf(kept, round);
  if (round === null || took === null) {
    return null;
  }
  const { node, atUs } = round;
  const came = (fits: (card: Card) => boolean): Cause | null => {
    const passage = arrived(kept, atUs, fits);
    return passage === null ? null : { passage };
  };
  switch (took.kind) {
    case 'message':
      return came((card) => same(card, took.card));
    case 'request':
      return came(
        ({ kind, from, to, command }) =>
          kind === 'clientRequest' && from === took.client && to === node && command === took.command,
      );
    case 'tick': {
      const asks = message.card.kind === 'requestVote' || message.card.kind === 'requestPreVote';
      return { node, by: asks ? 'timedOut' : 'ticked' };
    }
    default:
      return { node, by: 'hand' };
  }
}

/** The causes of a message, the nearest first: at most so many. */
export function chainOf(kept: Kept, message: Passage, most: number): Cause[] {
  const chain: Cause[] = [];
  for (let at: Passage | null = message; at !== null && chain.length < most; ) {
    const cause = causeOf(kept, at);
    if (cause !== null) {
      chain.push(cause);
    }
    at = cause !== null && 'passage' in cause ? cause.passage : null;
  }
  return chain;
}
