import { messageOf } from '../lib/error.js';
import { HELP, RANK_HELP, UsageError, parseRank } from './args.js';
import { rankMany } from './many.js';
import { rankOne } from './one.js';
import { rankShops } from './shops.js';

const OK = 0;
const FAILURE = 1;
const USAGE = 2;

/** Subcommands of the native command that need files and threads of their own. */
const NATIVE = ['sample', 'build', 'inspect', 'verify', 'users', 'serve', 'eval'];

/**
 * Runs the command and gives its exit code.
 *
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function main(args) {
  try {
    await run(args);
    return OK;
  } catch (error) {
    // Who reads the output may stop reading: `goodsrank rank … | head`.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') return OK;
    const usage = error instanceof UsageError;
    process.stderr.write(`error: ${messageOf(error)}\n${usage ? `\n${error.usage}` : ''}`);
    return usage ? USAGE : FAILURE;
  }
}

/** @param {string[]} args */
async function run([command, ...rest]) {
  if (command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(HELP);
    return;
  }
  if (command !== 'rank') throw unknown(command);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(RANK_HELP);
    return;
  }
  await rank(parseRank(rest));
}

/** @param {import('./args.js').RankOptions} options */
function rank(options) {
  if (options.good !== undefined) return rankShops(options);
  return options.queries === undefined ? rankOne(options) : rankMany(options);
}

/** @param {string | undefined} command */
function unknown(command) {
  if (command === undefined) return new UsageError('a subcommand is missing', HELP);
  const native = NATIVE.includes(command)
    ? `'${command}' is a subcommand of the native goodsrank; the npm package carries 'rank'`
    : `unrecognized subcommand '${command}'`;
  return new UsageError(native, HELP);
}
