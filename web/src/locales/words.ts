/** Every word on the page, typed: a locale that lacks one does not compile. Sentences with parameters are functions. */

import type { Moment } from '../format/moment';
import type { Why } from '../format/why';
import type {
  CheckName,
  EntryView,
  FeedEvent,
  LinkView,
  MessageKind,
  MessageView,
  NodeView,
  Note,
  PositionView,
  ProgressView,
  RoleView,
} from '../model';

export type Lang = 'en' | 'zh';

/** One or two sentences: the first is set in bold; `section` names the place in the Raft paper. */
export interface Sentence {
  lead: string;
  rest: string;
  section?: string;
}

/** The name of each check, as its lamp shows it. */
export type CheckNames = Record<CheckName, string>;

/** A sentence for each note: of a node, perhaps another one, and perhaps an index. */
export type NoteSentences = Record<Note, (node: string, other: string, index: number) => string>;

export interface Words {
  lang: Lang;
  /** For the `lang` attribute. */
  htmlLang: string;
  /** What stands between two sentences. */
  gap: string;
  panel: { cluster: string; logs: string; inspector: string; feed: string; checks: string };
  role: Record<RoleView, string> & {
    crashed: string;
    frozen: string;
    staleLeader: string;
    learner: string;
    outside: string;
  };
  /** "n1, leader, term 3, commit 4": the name of a node's button. */
  nodeLabel(node: NodeView): string;
  /** What a click on the node does: "Crash n1". */
  nodeAction(node: NodeView): string;
  linkLabel(link: LinkView): string;
  linkAction(link: LinkView): string;
  voted(id: string): string;
  votes(has: number, needed: number): string;
  cut: string;
  client: {
    waits(us: number): string;
    answered(result: string): string;
    retry(attempt: number): string;
    queued(count: number): string;
  };
  compassNote(entry: PositionView): string;
  compassLabel(entry: PositionView, held: number, nodes: number): string;
  ledger: {
    index: string;
    view(leader: string): string;
    believes(leader: string): string;
    above(leader: string): string;
    below: string;
    itself: string;
    match: string;
    next: string;
    inFlight(count: number): string;
    idle: string;
    paused: string;
    noAnswer: string;
    earlier(count: number): string;
    newest: string;
    /** What stands for the entries up to an index. */
    snapshot(to: number): string;
    noop: string;
    empty: string;
    rowLabel(node: NodeView): string;
    entryLabel(node: NodeView, entry: EntryView): string;
    progressLabel(leader: string, progress: ProgressView): string;
  };
  legend: {
    committed: string;
    uncommitted: string;
    synced: string;
    unsynced: string;
    applied: string;
    commit: string;
    syncedTo: string;
    states: string;
  };
  message: Record<MessageKind, string>;
  /** The second line of a message's label: "entry 3@4", "match 2"; may be empty. */
  messageDetail(message: MessageView): string;
  /** Behind the detail of a message that is held. */
  held: string;
  check: CheckNames;
  /** The two conditions of a commit by counting (§5.4.2). */
  conditions: {
    held(held: number, nodes: number, entry: PositionView): string;
    term(entry: number, leader: number): string;
  };
  holds: string;
  fallen: string;
  checkFallen(name: string): string;
  inspector: {
    term: string;
    votedFor: string;
    commit: string;
    applied: string;
    last: string;
    syncedTo: string;
    timer: string;
    store: string;
    inbox: string;
    disk: string;
    leader: string;
    none: string;
    storeAt(index: number): string;
    timerAt(deadlineUs: number): string;
    timerStopped(leftUs: number): string;
    waiting(count: number): string;
    syncing: string;
    idle: string;
    /** "follower, term 4, hears n1". */
    summary(node: NodeView): string;
    holders: string;
    majority(nodes: number): string;
    hint: string;
    link: string;
    arrives(us: number): string;
    prev: string;
    entries: string;
    answer: string;
    granted: string;
    refused: string;
    noAnswer: string;
    accepted: string;
    rejected: string;
    lost: string;
    entryState(entry: EntryView): string;
    command: string;
    state: string;
    whole: string;
  };
  caption(moment: Moment): Sentence;
  why(why: Why): Sentence;
  event(event: FeedEvent): string;
  feedEmpty: string;
  paper(section: string): string;
}
