/** Programs end well, end badly, are not there, or do not end. */

import { expect, test } from 'vitest';
import { must, run, Trouble } from './run.mjs';

const node = process.execPath;

test('output and exit code come back, and failure is no exception', async () => {
  expect(await run(node, ['-e', 'console.log("a"); process.exit(3)'])).toEqual({ code: 3, output: 'a\n' });
});

test('a program that is not there says so', async () => {
  const { code, output } = await run('no-such-program', []);
  expect(code).toBe(127);
  expect(output).toContain('no-such-program');
});

test('a program that does not end is ended, whatever it has started', async () => {
  const sleeper = 'require("child_process").spawn("sleep", ["3"], { stdio: "inherit" }); setInterval(() => {}, 1000)';
  const { code, output } = await run(node, ['-e', sleeper], { timeoutMs: 300 });
  expect(code).toBe(124);
  expect(output).toContain('had not ended');
});

test('what must work and fails is a trouble that quotes the program', async () => {
  const failing = must(node, ['-e', 'console.error("broken pipe dream"); process.exit(1)']);
  await expect(failing).rejects.toThrow(Trouble);
  await expect(failing).rejects.toThrow('broken pipe dream');
});
