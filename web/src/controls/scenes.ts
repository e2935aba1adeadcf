/** The prepared runs of `crates/sim/scenes`, by name. Their texts are fetched when the first one is asked for. */

/** There is no scene of that name; `message` lists those there are. */
export class UnknownScene extends Error {
  readonly scene: string;

  constructor(scene: string, names: readonly string[]) {
    super(names.join(', '));
    this.scene = scene;
  }
}

/** The link of a scene's run: what happens in it, without what it waited for. Throws an `UnknownScene`. */
export async function sceneLink(scene: string): Promise<string> {
  // Written by the scenes' own test, which keeps it true: crates/sim/tests/scenes.rs.
  const { default: links } = await import('../late/scenes.json');
  const link = Object.entries(links).find(([name]) => name === scene)?.[1];
  if (link === undefined) {
    throw new UnknownScene(scene, Object.keys(links));
  }
  return link;
}
