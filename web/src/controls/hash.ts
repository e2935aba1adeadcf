/**
 * The moment of a run as a URL hash, and back: `#<link>&t=<µs>`, or `#scene=<name>&t=<µs>` for a prepared one. The link form of the run is the core's own (`LabSession.link`);
 * this file only adds the moment. A hash never leaves the browser, so a shared moment needs no server.
 */

/** A run, and where in it to stand. */
export interface Moment {
  readonly link: string;
  /** The prepared run that is meant instead of a link. */
  readonly scene?: string;
  /** Simulated µs; null when the hash names none. */
  readonly atUs: number | null;
}

/** A day of simulated time: beyond any lecture, and still restored in bearable time. */
const MOMENT_US_MAX = 86_400_000_000;

/** What a hash says, with or without its `#`. Throws an `Error` that names a bad moment; the core judges the link. */
export function parseHash(hash: string): Moment {
  const [link = '', ...rest] = hash.replace(/^#/, '').split('&');
  const moment = rest.find((part) => part.startsWith('t='));
  if (moment === undefined) {
    return { ...what(link), atUs: null };
  }
  const digits = moment.slice('t='.length);
  const atUs = Number(digits);
  if (!/^\d+$/.test(digits) || atUs > MOMENT_US_MAX) {
    throw new Error(`"${moment}" is not a moment: t is a number of microseconds, at most ${MOMENT_US_MAX}`);
  }
  return { ...what(link), atUs };
}

function what(first: string): Pick<Moment, 'link' | 'scene'> {
  return first.startsWith('scene=') ? { link: '', scene: first.slice('scene='.length) } : { link: first };
}

/** The hash of a moment, with its `#`. */
export function formatHash(moment: Moment): string {
  return moment.atUs === null ? `#${moment.link}` : `#${moment.link}&t=${Math.round(moment.atUs)}`;
}
