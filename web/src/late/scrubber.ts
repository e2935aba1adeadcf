/**
 * Paints the run behind the slider: a band for each term, full height while somebody leads it and half while it is stood for; ticks for
 * commits, strokes for crashes, restarts and for what somebody did; where the sentences of a scene begin; and, as strips of their own, the
 * futures that were left. Fetched when a hand first comes near the transport, and with a scene.
 */

import { html, render, svg, type TemplateResult } from 'lit';
import type { Desk } from '../elements/desk';
import type { Lab } from '../elements/lab';
import { termColour } from '../format/text';
import type { Mark } from '../lens-model';
import { BranchStrips } from './branches';
import { historyOf } from './history-of';
import styles from './scrubber.css?inline';
import { adoptLate } from './sheet';
import { falls, type TermBand, termBands } from './term-bands';
import terms from './terms.css?inline';

const painted = new WeakSet<Desk>();

const stroke = (kind: string, atUs: number, from: number, to: number) =>
  svg`<path class=${kind} d=${`M${atUs} ${from}V${to}`} vector-effect="non-scaling-stroke" />`;

function commits(marks: readonly Mark[]) {
  return marks.map(({ kind, atUs }) =>
    kind === 'committed' ? stroke('commit', atUs, 19, 24) : kind === 'acted' ? stroke('act', atUs, 0, 5) : '',
  );
}

/** What must not be stretched with the picture: the names of the terms that are led, and where a scene's sentences begin. */
function over(bands: readonly TermBand[], { nowUs, runText, scene }: Lab, spanUs: number): TemplateResult {
  const at = (us: number) => (100 * us) / spanUs;
  const steps = scene?.runText === runText ? (scene.stepsUs ?? []) : [];
  return html`<span class="seek-over" aria-hidden="true">${bands
    .filter(({ led }) => led)
    .map(
      ({ fromUs, toUs, term }) =>
        html`<span class="seek-term" .style=${`left:${at(fromUs)}%;width:${at(toUs - fromUs)}%`}><b>T${term}</b></span>`,
    )}${steps.map((us) => html`<i class=${us <= nowUs ? 'said' : ''} .style=${`left:${at(us)}%`}></i>`)}</span>`;
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
    const spanUs = Math.max(untilUs, lab.spanUs);
    const { stands, marks } = history;
    const bands = termBands(stands, untilUs);
    render(
      html`<svg class="seek-paint" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 ${spanUs} 24">
        <path class="ahead" d=${`M${untilUs} 12H${spanUs}`} />
        ${bands.map(
          ({ fromUs, toUs, term, led }) =>
            svg`<rect class=${`tc${termColour(term)}`} x=${fromUs} width=${toUs - fromUs} y=${led ? 4 : 12} height=${led ? 16 : 8} />`,
        )}
        ${commits(marks)}${falls(stands).map(({ atUs, up }) => stroke(up ? 'up' : 'down', atUs, 0, 24))}</svg>
        ${over(bands, lab, spanUs)}`,
      paint,
    );
    strips.draw(box);
  };
  let branch = lab.branch;
  let drawn: number | undefined;
  history.listen(draw);
  host.addEventListener('raftarium-change', () => {
    history.follow();
    const said = lab.scene?.stepsUs?.filter((us) => us <= lab.nowUs).length;
    if (lab.branch !== branch || said !== drawn) {
      branch = lab.branch;
      drawn = said;
      draw();
    }
  });
  history.follow();
  draw();
}
