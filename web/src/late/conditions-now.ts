/**
 * The conditions of a run at a moment, read off its text: how links carry messages, how slow disks are, how fast clocks tick, and the
 * settings of its header. The grammar is the core's (`crates/sim/src/action/read.rs`, `run.rs`); only canonical texts are read here.
 */

/** How links carry messages. */
export interface Quality {
  /** Null is the run's own. */
  readonly latency: string | null;
  /** Of a hundred messages. */
  readonly loss: number;
  readonly duplicate: number;
  readonly reorder: boolean;
}

/** What holds at a moment. */
export interface Conditions {
  /** The header's settings, as written: `heartbeat` is `50ms`. */
  readonly header: ReadonlyMap<string, string>;
  /** All links but those that have their own. */
  readonly links: Quality;
  /** Links that differ: `n1 n2`, `n1>n2`. */
  readonly own: readonly string[];
  /** Sync time of a node's disk, µs, where it differs from the header's. */
  readonly syncUs: ReadonlyMap<string, number>;
  /** Percent of the true rate, where it is another. */
  readonly rate: ReadonlyMap<string, number>;
}

export const NORMAL: Quality = { latency: null, loss: 0, duplicate: 0, reorder: false };

/** `150ms` in µs; 0 where it is no duration. */
export function microseconds(text: string): number {
  const found = /^(\d+)(us|ms|s)$/.exec(text);
  const unit = { us: 1, ms: 1_000, s: 1_000_000 }[found?.[2] ?? ''] ?? 0;
  return Number(found?.[1] ?? 0) * unit;
}

/** The ends of a span such as `10ms..15ms`, or of one duration, µs. */
export function spanOf(text: string): [number, number] {
  const [from = '', to = from] = text.split('..');
  return [microseconds(from), microseconds(to)];
}

/** A quality as an action says it: `latency 40ms loss 5%`, or `normal`. */
export function qualityText({ latency, loss, duplicate, reorder }: Quality): string {
  const parts = [
    latency === null ? '' : `latency ${latency}`,
    loss === 0 ? '' : `loss ${loss}%`,
    duplicate === 0 ? '' : `duplicate ${duplicate}%`,
    reorder ? 'reorder' : '',
  ];
  return parts.filter((part) => part !== '').join(' ') || 'normal';
}

function readQuality(text: string): Quality {
  const after = (name: string) => new RegExp(`\\b${name} (\\S+)`).exec(text)?.[1];
  return {
    latency: after('latency') ?? null,
    loss: Number.parseInt(after('loss') ?? '0', 10),
    duplicate: Number.parseInt(after('duplicate') ?? '0', 10),
    reorder: /\breorder\b/.test(text),
  };
}

/** What holds at `nowUs` in the run of this text. */
export function conditionsAt(runText: string, nowUs: number): Conditions {
  const header = new Map<string, string>();
  const own = new Map<string, string>();
  const syncUs = new Map<string, number>();
  const rate = new Map<string, number>();
  let links = NORMAL;
  for (const line of runText.split('\n')) {
    const timed = /^@(\d+) (\S+) (.*)$/.exec(line);
    if (timed === null) {
      const [key = '', ...value] = line.split(' ');
      header.set(key, value.join(' '));
    } else if (Number(timed[1]) <= nowUs) {
      const rest = timed[3] ?? '';
      const link = timed[2] === 'link' ? /^(all|n\d>n\d|n\d n\d) (.*)$/.exec(rest) : null;
      const disk = timed[2] === 'disk' ? /^(n\d) sync (\S+)$/.exec(rest) : null;
      const clock = timed[2] === 'clock' ? /^(n\d) rate (\d+)%$/.exec(rest) : null;
      if (link?.[1] === 'all') {
        links = readQuality(link[2] ?? '');
        own.clear();
      } else if (link) {
        own.set(link[1] ?? '', qualityText(readQuality(link[2] ?? '')));
      }
      if (disk) syncUs.set(disk[1] ?? '', microseconds(disk[2] ?? ''));
      if (clock) rate.set(clock[1] ?? '', Number(clock[2]));
    }
  }
  const differing = [...own].filter(([, quality]) => quality !== qualityText(links)).map(([path]) => path);
  return { header, links, own: differing, syncUs, rate };
}

/** The run's text with another setting in its header. */
export function withSetting(runText: string, key: string, value: string): string {
  const line = new RegExp(`^${key} .*$`, 'm');
  return line.test(runText) ? runText.replace(line, `${key} ${value}`) : runText.replace('\n', `\n${key} ${value}\n`);
}
