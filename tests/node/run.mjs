// Runs a piece of JavaScript in a Node of its own: the module's state is global
// to a process, so what happens before the first `init` needs a fresh one.

import { spawnSync } from 'node:child_process';

const at = (entry) => new URL(`../../pkg/${entry}.js`, import.meta.url).href;

/**
 * The piece has the package's exports and `print`. Gives what it printed, as
 * values, and what went to the console's errors.
 *
 * @param {string} body
 * @param {Record<string, unknown>} [given] names that the piece may use
 * @param {string} [entry] of the package
 */
export function fresh(body, given = {}, entry = 'node') {
  const code = `
    import * as goodsrank from ${JSON.stringify(at(entry))};
    const { GoodsRank, GoodsRankError, init, initSync } = goodsrank;
    const { readFileSync } = process.getBuiltinModule?.('node:fs') ?? await import('node:fs');
    const given = ${JSON.stringify(given)};
    const print = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
    const caught = async (call) => { try { await call(); } catch (e) { return { code: e.code, message: e.message }; } };
    ${body}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', code],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`exit code ${status}: ${stderr}`);
  return { printed: stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line)), stderr };
}
