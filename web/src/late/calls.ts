/**
 * Clients' operations, each from its call to its return, as the lens saw them: whom the client asked, where it was sent elsewhere, where
 * it gave up waiting, what it heard in the end. Pure: nothing here knows how they are drawn.
 */

import type { Mark } from '../lens-model';

/** One turn of an operation. */
export interface Turn {
  readonly atUs: number;
  readonly kind: 'asked' | 'redirected' | 'gaveUp';
  /** The node. */
  readonly node: string;
}

/** One operation of a client. */
export interface Call {
  /** Stable while the run is the same. */
  readonly id: string;
  readonly client: string;
  readonly command: string;
  readonly fromUs: number;
  /** When it was answered; null while it is open. */
  toUs: number | null;
  /** The answer; null while it is open. */
  answer: string | null;
  readonly turns: Turn[];
}

/** The operations that were called at or before `nowUs`, as they stood then, in order of their calls. */
export function callsOf(marks: readonly Mark[], nowUs: number): Call[] {
  const open = new Map<string, Call>();
  const calls: Call[] = [];
  for (const { atUs, kind, who, with: node, index, text } of marks) {
    if (atUs > nowUs) break;
    if (kind === 'asked') {
      let call = open.get(who);
      if (call === undefined || index === 1) {
        call = { id: `${who}.${atUs}`, client: who, command: text, fromUs: atUs, toUs: null, answer: null, turns: [] };
        open.set(who, call);
        calls.push(call);
      }
      call.turns.push({ atUs, kind, node });
    } else if (kind === 'redirected' || kind === 'gaveUp') {
      open.get(who)?.turns.push({ atUs, kind, node });
    } else if (kind === 'answered') {
      const call = open.get(who);
      if (call !== undefined) {
        call.toUs = atUs;
        call.answer = text;
        open.delete(who);
      }
    }
  }
  return calls;
}

/** Whether two operations were under way at the same time: either may have happened first. */
export function overlap(a: Call, b: Call): boolean {
  return a.fromUs <= (b.toUs ?? Number.POSITIVE_INFINITY) && b.fromUs <= (a.toUs ?? Number.POSITIVE_INFINITY);
}

/** How often a client asked beyond the first time. */
export function retries({ turns }: Call): number {
  return Math.max(0, turns.filter(({ kind }) => kind === 'asked').length - 1);
}

/** Moments for an axis: round steps of time, at most `count` of them. */
export function axisOf(fromUs: number, toUs: number, count: number): number[] {
  const rough = Math.max(1, (toUs - fromUs) / count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((part) => part * power).find((each) => each >= rough) ?? rough;
  const first = Math.max(0, Math.ceil(fromUs / step) * step);
  return Array.from({ length: count + 1 }, (_, i) => first + i * step).filter((at) => at <= toUs);
}
