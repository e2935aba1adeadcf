/** What of a run's past is painted behind the slider, worked out from what the lens told: terms with and without a leader, falls and returns of nodes. */

import type { Stand } from '../lens-model';

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
