/** `npm test`: everything that must hold. `npm test -- NAME...` runs only the suites of those names. */

import { runAll } from './lib/report.mjs';
import { main, seconds, Trouble } from './lib/run.mjs';
import { ensureMachine } from './lib/setup.mjs';
import { suites } from './lib/suites.mjs';

await main(async () => {
  const started = performance.now();
  const wished = process.argv.slice(2);
  const unknown = wished.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown)
    throw new Trouble(`There is no suite \`${unknown}\`: there are ${suites.map(({ name }) => name).join(', ')}.`);
  await ensureMachine();
  await runAll(wished.length ? suites.filter(({ name }) => wished.includes(name)) : suites);
  console.error(`(${seconds(started)} in all)`);
});
