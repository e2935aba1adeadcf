/** English sentences for the inspector: why an entry or a node stands as it does. */

import { entryId } from '../format/text';
import type { Why } from '../format/why';
import type { Sentence } from './words';

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

function entryWhy(why: Extract<Why, { kind: 'entry' }>): Sentence {
  const id = entryId(why.entry);
  const lead = `${why.node} holds entry ${id}${why.synced ? '' : ', not yet on its disk'}; ${why.held} of ${why.nodes} have it`;
  if (why.commit === 'here')
    return { lead: `${lead}.`, rest: `${why.node} knows that it is committed: it can never change.` };
  if (why.commit === 'elsewhere') {
    return { lead: `${lead}.`, rest: `It is committed, but ${why.node} has not heard that yet.`, section: '§5.3' };
  }
  if (why.olderThan !== null && why.held >= why.quorum) {
    return {
      lead: `${lead}`,
      rest: `– yet it is not committed: its term (${why.entry.term}) is not the leader’s term (${why.olderThan}).`,
      section: '§5.4.2',
    };
  }
  const missing = why.quorum - why.held;
  const rest =
    missing > 0
      ? `${missing} more would make a majority; until then another leader may overwrite it.`
      : 'The leader commits it when a majority has answered.';
  return { lead: `${lead}.`, rest, section: '§5.3' };
}

export function whyEn(why: Why): Sentence {
  switch (why.kind) {
    case 'entry':
      return entryWhy(why);
    case 'crashed':
      return {
        lead: `${why.node} has crashed.`,
        rest: `Term, vote and log up to ${why.lastIndex} are on its disk; commit, role and timers are gone.`,
        section: 'Figure 2',
      };
    case 'frozen':
      return {
        lead: `${why.node}’s process does not run.`,
        rest: 'It forgets nothing, hears nothing and answers nothing.',
      };
    case 'stale':
      return {
        lead: `${why.node} still leads term ${why.term}.`,
        rest: 'A later term has begun without it. It will step down at the first message of that term.',
        section: '§5.1',
      };
    case 'leader':
      return {
        lead: `${why.node} leads term ${why.term}.`,
        rest: `It sends its log to all and commits what ${why.quorum} of ${why.nodes} have on disk.`,
        section: '§5.3',
      };
    case 'candidate': {
      const no = why.refused.length > 0 ? ` ${list(why.refused)} said no.` : '';
      return {
        lead: `${why.node} asks for votes in term ${why.term}.`,
        rest: `${list(why.granted)} said yes; it needs ${why.quorum}.${no}`,
        section: '§5.2',
      };
    }
    case 'preCandidate':
      return {
        lead: `${why.node} asks whether it could win.`,
        rest: 'Its term does not rise until a majority says yes.',
      };
    case 'follower':
      return why.leader === null
        ? {
            lead: `${why.node} follows nobody yet.`,
            rest: 'When its timer runs out it asks for votes.',
            section: '§5.2',
          }
        : {
            lead: `${why.node} follows ${why.leader}.`,
            rest: 'Each message from its leader resets its timer.',
            section: '§5.2',
          };
    default:
      return why satisfies never;
  }
}
