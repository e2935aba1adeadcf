/**
 * A run that was found, played once more on the page's own core: to the moment at which the theorem fell, for its story; and to any moment, as it is and
 * with every rule kept, for two pictures.
 */

import type { Session, Sessions } from '../elements/lab';
import type { CheckName, FeedEvent, Happening, View } from '../model';
import type { Found } from '../search-model';

/** Wall milliseconds at a stretch; in between the page can answer. */
const SLICE_MS = 12;

/** Records of a run that are read, rows of a story, at most. */
const RECORDS_MAX = 20_000;
const ROWS_MAX = 80;

/** One line of the story. */
export interface Row {
  readonly atUs: number;
  /** Which action it is, from 1; null of what came of them. */
  readonly number: number | null;
  /** The action's text; "" of what came of them. */
  readonly action: string;
  /** What the feed says; null where it says no more than the action's text. */
  readonly event: FeedEvent | null;
  /** The highest term that any node had reached by then. */
  readonly term: number;
}

/** Both ways at one moment. */
export interface Both {
  readonly atUs: number;
  readonly yours: View;
  readonly real: View;
}

/** A run that was played. */
export interface Played {
  /** Which run: its text. */
  readonly runText: string;
  readonly property: CheckName;
  /** When the theorem fell, simulated µs, and the picture of that moment. */
  readonly atUs: number;
  readonly fall: View;
  readonly rows: readonly Row[];
  /** How many actions it has. */
  readonly actions: number;
}

/** A run text in which every rule is kept. */
export function withRulesKept(runText: string): string {
  return runText.replace(/^@\d+ (break|mend) .*\n/gm, '');
}

/** What is told of all that came of them. */
const OUTCOMES: ReadonlySet<Happening['kind']> = new Set([
  'becameLeader',
  'truncated',
  'clientAnswered',
  'read',
  'violated',
]);

const isOutcome = ({ what }: FeedEvent) => OUTCOMES.has(what.kind) || (what.kind === 'committed' && what.own);

/** The actions in their order, each with what the feed says of it, and between them what came of them, up to the fall. */
export function storyOf(actions: Found['actions'], events: readonly FeedEvent[], property: string): Row[] {
  const own = new Map<FeedEvent, number>();
  actions.forEach(({ at_us, text }, i) => {
    const mine = events.filter((event) => event.atUs === at_us && !own.has(event) && fits(event, text));
    // What it did says more than that it was done.
    const said = mine.find(({ what }) => what.kind !== 'action') ?? mine[0];
    if (said !== undefined) own.set(said, i);
  });
  const told = new Map([...own].map(([event, i]) => [i, event]));
  const rows: Row[] = [];
  let next = 0;
  let term = 0;
  const act = (i: number) => {
    const { at_us: atUs, text: action } = actions[i] as Found['actions'][number];
    const event = told.get(i) ?? null;
    rows.push({ atUs, number: i + 1, action, event: event?.what.kind === 'action' ? null : event, term });
  };
  for (const event of events) {
    while (next < actions.length && (actions[next]?.at_us ?? 0) < event.atUs) act(next++);
    if ('term' in event.what && typeof event.what.term === 'number') term = Math.max(term, event.what.term);
    const i = own.get(event);
    if (i !== undefined) {
      while (next <= i) act(next++);
    } else if (isOutcome(event)) {
      rows.push({ atUs: event.atUs, number: null, action: '', event, term });
    }
    if (event.what.kind === 'violated' && event.what.check === property) break;
  }
  while (next < actions.length) act(next++);
  return rows.slice(0, ROWS_MAX);
}

/** Whether a record is an action's own, and is told by it: what it names stands in the action's text. */
function fits({ what }: FeedEvent, text: string): boolean {
  switch (what.kind) {
    case 'action':
    case 'actionRefused':
      return what.text === text;
    case 'clientQueued':
    case 'clientSubmitted':
      return text.startsWith(`client ${what.client} ${what.command}`);
    case 'crashed':
      return text.startsWith('crash') && text.includes(what.node);
    case 'restarted':
      return text.startsWith('restart') && text.includes(what.node);
    case 'frozen':
      return text.startsWith('freeze') && text.includes(what.node);
    case 'thawed':
      return text.startsWith('thaw') && text.includes(what.node);
    case 'timedOut':
      return text === `timeout ${what.node}`;
    case 'isolated':
      return text.startsWith('isolate') && text.includes(what.node);
    case 'cut':
      return text.startsWith('cut');
    case 'healed':
      return text.startsWith('heal');
    case 'partitioned':
      return text.startsWith('partition');
    default:
      return false;
  }
}

/** Plays a found run to its fall. Rejects with what the core says when the text is no run. */
export async function play(sessions: Sessions, found: Found): Promise<Played> {
  await sessions.load();
  const { run_text: runText, at_us: atUs, property } = found;
  const { fall, events } = await to(sessions, runText, atUs, (session) => ({
    fall: session.view(null),
    events: session.events(0, RECORDS_MAX),
  }));
  const rows = storyOf(found.actions, events, property);
  return { runText, property, atUs, fall, rows, actions: found.actions.length };
}

/** Plays a run to a moment, as it is and with every rule kept. */
export async function playBoth(sessions: Sessions, runText: string, atUs: number): Promise<Both> {
  const view = (session: Session) => session.view(null);
  const yours = await to(sessions, runText, atUs, view);
  return { atUs, yours, real: await to(sessions, withRulesKept(runText), atUs, view) };
}

/** What a run is at a moment. */
async function to<Told>(
  sessions: Sessions,
  text: string,
  atUs: number,
  tell: (session: Session) => Told,
): Promise<Told> {
  const session = sessions.fromText(text);
  try {
    do {
      session.advance(atUs, SLICE_MS);
      if (session.nowUs < atUs) await new Promise((resume) => setTimeout(resume, 0));
    } while (session.nowUs < atUs);
    return tell(session);
  } finally {
    session.dispose();
  }
}
