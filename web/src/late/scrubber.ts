/**
 * Paints the run behind the slider: a band for each term, full height while somebody leads it and half while it is stood for; ticks for
 * commits, strokes for crashes, restarts and for what somebody did; and, as strips of their own, the futures that were left. Fetched when
 * a hand first comes near the transport.
 */

import { html, render, svg } from 'lit';
import type { Desk } from '../elements/desk';
import { termColour } from '../format/text';
import type { Mark } from '../lens-model';
import { BranchStrips } from './branches';
import { historyOf } from './history-of';
import styles from './scrubber.css?inline';
import { adoptLate } from './sheet';
import { falls, termBands } from './term-bands';
import terms from './terms.css?inline';

const painted = new WeakSet<Desk>();

const stroke = (kind: string, atUs: number, from: number, to: number) =>
  svg`<path class=${kind} d=${`M${atUs} ${from}V${to}`} vector-effect="non-scaling-stroke" />`;

function commits(marks: readonly Mark[]) {
  return marks.map(({ kind, atUs }) =>
    kind === 'committed' ? stroke('commit', atUs, 19, 24) : kind === 'acted' ? stroke('act', atUs, 0, 5) : '',
  );
}

/** Begins to paint, once for each player. */
export function paintSeek(desk: Desk): void {
  const { host, lab } = desk;
  if (painted.has(desk)) {
    return;
  }
  painted.add(desk);
  adoptLate(host, terms);
  adoptLate(host, styles);
  const paint = document.createElement('span');
  const strips = new BranchStrips(desk);
  const history = historyOf(lab);
  const draw = () => {
    const box = host.querySelector('.seek-box');
    if (box === null) {
      return;
    }
    // Another layout has another box.
    if (paint.parentElement !== box) {
      box.prepend(paint);
    }
    const untilUs = Math.max(1, lab.furthestUs, lab.nowUs);
    const { stands, marks } = history;
    render(
      html`<svg class="seek-paint" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 ${Math.max(untilUs, lab.spanUs)} 24">
        ${termBands(stands, untilUs).map(
          ({ fromUs, toUs, term, led }) =>
            svg`<rect class=${`tc${termColour(term)}`} x=${fromUs} width=${toUs - fromUs} y=${led ? 4 : 12} height=${led ? 16 : 8} />`,
        )}
        ${commits(marks)}${falls(stands).map(({ atUs, up }) => stroke(up ? 'up' : 'down', atUs, 0, 24))}</svg>`,
      paint,
    );
    strips.draw(box);
  };
  let branch = lab.branch;
  history.listen(draw);
  host.addEventListener('raftarium-change', () => {
    history.follow();
    if (lab.branch !== branch) {
      branch = lab.branch;
      draw();
    }
  });
  history.follow();
  draw();
}
