/** `npm run bench`: a table. `-- --json`: one JSON object a line. `-- NAME...`: only the figures whose names start so. */

import { openBench } from './lib/bench.mjs';
import { allFigures, table, unknownFigure } from './lib/figures.mjs';
import { main, Trouble } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';

await main(async () => {
  const json = process.argv.includes('--json');
  const wished = process.argv.slice(2).filter((word) => word !== '--json');
  await ensureMachine();
  const wanted = (/** @type {string} */ name) => wished.length === 0 || wished.some((word) => name.startsWith(word));
  const all = await allFigures();
  const trouble = unknownFigure(
    wished,
    all.flatMap(({ names }) => names),
  );
  if (trouble) throw new Trouble(trouble);
  const modules = all.filter(({ names }) => names.some(wanted));
  const { bench, close } = openBench();
  const measured = [];
  try {
    for (const { names, measure } of modules) {
      console.error(`  measuring ${names.filter(wanted).join(', ')} ...`);
      const figures = (await measure(bench)).filter(({ name }) => wanted(name));
      if (json) for (const figure of figures) console.log(JSON.stringify(figure));
      measured.push(...figures);
    }
  } finally {
    await close();
  }
  if (!json) console.log(`\n${table(measured)}`);
});
