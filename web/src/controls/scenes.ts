/** The prepared runs of `crates/sim/scenes`, by name. Their texts are fetched when the first one is asked for. */

/** There is no scene of that name; `message` lists those there are. */
export class UnknownScene extends Error {
  readonly scene: string;

  constructor(scene: string, names: readonly string[]) {
    super(names.join(', '));
    this.scene = scene;
  }
}

/** The link of each scene's run: what happens in it, without what it waited for. */
export async function sceneLinks(): Promise<Readonly<Record<string, string>>> {
  // Written by the scenes' own test, which keeps it true: crates/sim/tests/scenes.rs.
  return (await import('../late/scenes.json')).default;
}

/** The link of a scene's run. Throws an `UnknownScene`. */
export async function sceneLink(scene: string): Promise<string> {
  const links = await sceneLinks();
  const link = Object.entries(links).find(([name]) => name === scene)?.[1];
  if (link === undefined) {
    throw new UnknownScene(scene, Object.keys(links));
  }
  return link;
}

/** A prepared run that was opened by its name, and, once they are known, when its sentences are said, simulated µs. */
export interface Scene {
  readonly name: string;
  readonly runText: string;
  stepsUs?: readonly number[];
}
