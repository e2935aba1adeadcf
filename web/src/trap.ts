/** What is known of a trap: the panic's own words, and the run that led to it. */

/** The run at the last good moment: enough to show, to share and to go on. */
export interface LastGood {
  /** Canonical text of the run. */
  readonly runText: string;
  /** The run as a link hash. */
  readonly link: string;
  /** Simulated µs. */
  readonly nowUs: number;
}

/** A call into the core trapped: a panic or a stack overflow. The instance is gone; the run is not. */
export class Trap extends Error {
  readonly last: LastGood;

  constructor(message: string, last: LastGood) {
    super(message);
    this.name = 'Trap';
    this.last = last;
  }
}

/** True for what the engine throws when wasm traps; errors that the binding returns are plain `Error`s. */
export function isTrap(thrown: unknown): boolean {
  // A stack overflow is a RangeError in Chromium and WebKit, an InternalError in Firefox.
  return (
    thrown instanceof WebAssembly.RuntimeError ||
    thrown instanceof RangeError ||
    (thrown instanceof Error && thrown.name === 'InternalError')
  );
}
