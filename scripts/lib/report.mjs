/** Tells how suites went: a line each, the output of those that failed, and one closing line with the sums. */

import { seconds } from './run.mjs';
import { runSuite, sum } from './suites.mjs';

/**
 * Runs suites one after another, all of them even after a failure, and sets the exit code.
 * @param {import('./suites.mjs').Suite[]} suites
 */
export async function runAll(suites) {
  const results = [];
  for (const suite of suites) {
    const started = performance.now();
    const result = await runSuite(suite);
    results.push(result);
    if (result.failed > 0) console.log(`\n${result.output.trimEnd()}\n`);
    console.log(line(suite.name, result, seconds(started)));
  }
  const { passed, failed, skipped } = sum(results);
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

/**
 * @param {string} name
 * @param {import('./suites.mjs').Counts} counts
 * @param {string} time
 */
function line(name, { passed, failed, skipped }, time) {
  const words = [
    `${passed} passed`,
    ...(failed ? [`${failed} FAILED`] : []),
    ...(skipped ? [`${skipped} skipped`] : []),
  ];
  return `${failed ? 'FAIL' : ' ok '}  ${name.padEnd(10)} ${words.join(', ').padEnd(24)} ${time}`;
}
