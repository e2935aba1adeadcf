/**
 * One log entry as a box. Outline: solid committed, dashed not. Body: filled synced, hollow (an inner frame) not. Three units of paper lie between
 * the two, so that no dash is lost on a pale term.
 */

import { nothing, svg, type TemplateResult } from 'lit';
import { ellipsis, shortCommand } from '../format/text';
import type { LedgerLayout } from '../layout';
import { round } from '../layout/geometry';
import type { Words } from '../locales';
import type { EntryView } from '../model';
import { type Drawing, dashedBox, termFill, termStroke, textWidth } from './glyphs';

/** How many characters of a command a cell holds at its usual size, at a smaller one, and not at all. */
function commandIn(width: number, text: string, size: number): { text: string; size: number } {
  const at = (each: number) => Math.floor(width / (each * 0.6));
  if ([...text].length <= at(size)) return { text, size };
  const small = Math.max(11, size - 3);
  return { text: ellipsis(text, at(small)), size: small };
}

function body(entry: EntryView, { box }: LedgerLayout, x: number, y: number): Drawing {
  const { width, height, frame } = box;
  const inset = 3 + frame / 2;
  if (entry.synced) {
    return svg`<rect class=${termFill(entry.term)} x=${x + 3} y=${y + 3} width=${width - 6} height=${height - 6}/>`;
  }
  return svg`<rect class="fsf" x=${x + 1} y=${y + 1} width=${width - 2} height=${height - 2}/>
    <rect class="nof ${termStroke(entry.term)}" stroke-width=${frame} x=${x + inset} y=${y + inset} width=${width - 2 * inset} height=${height - 2 * inset}/>`;
}

function outline(entry: EntryView, x: number, y: number, width: number, height: number): TemplateResult<2> {
  if (!entry.committed) return dashedBox(x, y, width, height);
  return svg`<rect class="nof com" x=${x} y=${y} width=${width} height=${height} rx="2"/>`;
}

/** Term and command, or the cut corner and the word of a no-op; of a dense ledger the term and the corner. */
function writing(entry: EntryView, layout: LedgerLayout, t: Words, x: number, y: number): Drawing {
  const { box, dense } = layout;
  const ink = entry.synced ? 'on' : 't';
  const cut = entry.synced ? 0 : 2;
  const middle = y + box.height / 2;
  const divide = x + box.termWidth + (entry.synced ? 0 : 1.5);
  const right = x + box.width - 3 - cut;
  const room = right - divide - 4;
  const noop = entry.kind === 'noop';
  const corner = box.height < 32 ? 6 : 10;
  const shown = dense
    ? { text: '', size: 1 }
    : noop
      ? {
          text: t.ledger.noop,
          size: Math.min(box.height < 32 ? 11.5 : 13, Math.floor((20 * room) / textWidth(t.ledger.noop, 10)) / 2),
        }
      : commandIn(
          room, // `voter n6`, `remove n1`: a cell holds who comes or goes first.
          shortCommand(entry.command)
            .replace(/voter |learner /, '+')
            .replace('remove ', '-'),
          box.commandSize,
        );
  return svg`${dense ? nothing : svg`<path class=${entry.synced ? 'onl' : 'line-s'} d=${`M${divide} ${y + 3 + cut}v${box.height - 6 - 2 * cut}`}/>`}
    ${noop ? svg`<path class=${entry.synced ? 'on-s' : 'ink nof'} d=${`M${right - corner} ${y + 3 + cut}l${corner} ${corner}`}/>` : nothing}
    <text class="${ink} mid b" x=${round(x + 3 + cut / 2 + (divide - x - 3) / 2)} y=${round(middle + box.termSize * 0.35)} font-size=${box.termSize}>${entry.term}</text>
    <text class="${ink} mid ${noop ? 'noop' : 'm w5'}" x=${round((divide + right) / 2)} y=${round(middle + shown.size * 0.34)} font-size=${shown.size}>${shown.text}</text>`;
}

/** From the seventh term on colours repeat; a filled corner says so. */
function notch(entry: EntryView, x: number, y: number, height: number): Drawing {
  if (entry.term <= 6) return nothing;
  return svg`<path class=${entry.synced ? 'fon' : 'fink'} d=${`M${x + 3} ${y + height - 10}v7h7z`}/>`;
}

/** The drawing of an entry whose box has its top left corner at x, y. */
export function entryBox(entry: EntryView, layout: LedgerLayout, t: Words, x: number, y: number): Drawing {
  const { width, height } = layout.box;
  return svg`${body(entry, layout, x, y)}${outline(entry, x, y, width, height)}${notch(entry, x, y, height)}${writing(entry, layout, t, x, y)}`;
}
