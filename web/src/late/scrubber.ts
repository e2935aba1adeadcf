/**
 * Paints the run behind the slider: a band for each term, full height while somebody leads it and half while it is stood for; ticks for
 * commits, strokes for crashes, restarts and for what somebody did. Fetched when a hand first comes near the transport.
 */

import { html, render, svg } from 'lit';
import type { Lab } from '../elements/lab';
import { termColour } from '../format/text';
import type { Mark, Stand } from '../lens-model';
import { historyOf } from './history-of';
import styles from './scrubber.css?inline';
import { adoptLate } from './sheet';
import terms from './terms.css?inline';

/** A stretch of a term, with or without a leader, µs. */
export interface TermBand {
  readonly fromUs: number;
  readonly toUs: number;
  readonly term: number;
  readonly led: boolean;
}

/** The run's terms: the highest that any running node is in, and whether a running node leads it. */
export function termBands(stands: readonly Stand[], untilUs: number): TermBand[] {
  const now = new Map<string, Stand>();
  const bands: TermBand[] = [];
  const close = (toUs: number) => {
    const last = bands.at(-1);
    if (last !== undefined) {
      bands[bands.length - 1] = { ...last, toUs };
    }
  };
  for (const stand of stands) {
    if (stand.atUs > untilUs) {
      break;
    }
    now.set(stand.node, stand);
    const up = [...now.values()].filter((each) => each.up);
    const term = Math.max(0, ...up.map((each) => each.term));
    const led = up.some((each) => each.term === term && each.role === 'leader');
    const last = bands.at(-1);
    if (term > 0 && (last === undefined || last.term !== term || last.led !== led)) {
      close(stand.atUs);
      bands.push({ fromUs: stand.atUs, toUs: untilUs, term, led });
    }
  }
  close(untilUs);
  return bands.filter((band) => band.toUs > band.fromUs);
}

/** When nodes went down and came back. */
export function falls(stands: readonly Stand[]): { atUs: number; up: boolean }[] {
  const up = new Map<string, boolean>();
  return stands.flatMap((stand) => {
    const before = up.get(stand.node);
    up.set(stand.node, stand.up);
    return before === undefined || before === stand.up ? [] : [{ atUs: stand.atUs, up: stand.up }];
  });
}

const stroke = (kind: string, atUs: number, from: number, to: number) =>
  svg`<path class=${kind} d=${`M${atUs} ${from}V${to}`} vector-effect="non-scaling-stroke" />`;

function commits(marks: readonly Mark[]) {
  return marks.map(({ kind, atUs }) =>
    kind === 'committed' ? stroke('commit', atUs, 19, 24) : kind === 'acted' ? stroke('act', atUs, 0, 5) : '',
  );
}

/** Begins to paint, once for each player. */
export function paintSeek(host: HTMLElement, lab: Lab): void {
  const box = host.querySelector('.seek-box');
  if (box === null || box.querySelector('.seek-paint') !== null) {
    return;
  }
  adoptLate(host, terms);
  adoptLate(host, styles);
  const paint = document.createElement('span');
  box.prepend(paint);
  const history = historyOf(lab);
  const draw = () => {
    const untilUs = Math.max(1, lab.furthestUs, lab.nowUs);
    const { stands, marks } = history;
    render(
      html`<svg class="seek-paint" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 ${untilUs} 24">
        ${termBands(stands, untilUs).map(
          ({ fromUs, toUs, term, led }) =>
            svg`<rect class=${`tc${termColour(term)}`} x=${fromUs} width=${toUs - fromUs} y=${led ? 4 : 12} height=${led ? 16 : 8} />`,
        )}
        ${commits(marks)}${falls(stands).map(({ atUs, up }) => stroke(up ? 'up' : 'down', atUs, 0, 24))}</svg>`,
      paint,
    );
  };
  history.listen(draw);
  host.addEventListener('raftarium-change', () => history.follow());
  history.follow();
}
