/**
 * A browser, whichever: the few things that a journey needs and that every driver can do. Everything else is built on these
 * in tongue.ts. One file per driver implements it.
 */

export interface Engine {
  /** Opens a page and waits until it has loaded. */
  open(url: string): Promise<void>;
  /** Runs the body of a function in the page, with `args` as its `arguments`, and returns its result (JSON values only). */
  run<T>(body: string, ...args: (string | number)[]): Promise<T>;
  /** A real click, at a point of the viewport in CSS pixels. */
  clickAt(x: number, y: number): Promise<void>;
  /** Real keys into whatever has the focus, Enter last. */
  enter(text: string): Promise<void>;
  close(): Promise<void>;
}

/** A wide desktop window, so that every control of the stage is in view. CSS pixels. */
export const windowSize = { width: 1440, height: 900 };
