/** English sentences for the inspector: why a node stands as it does. */

import type { Why } from '../format/why';
import type { Sentence } from './words';

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

export function whyEn(why: Why): Sentence {
  switch (why.kind) {
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
        rest: `It sends its log to all and commits entries of its term that ${why.quorum} of ${why.nodes} have on disk.`,
        section: '§5.3',
      };
    case 'candidate': {
      const no = why.refused.length > 0 ? ` ${list(why.refused)} said no.` : '';
      return {
        lead: `${why.node} asks for votes in term ${why.term}.`,
        rest: `${why.granted.length > 0 ? `${list(why.granted)} said` : 'Nobody has said'} yes; it needs ${why.quorum}.${no}`,
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
