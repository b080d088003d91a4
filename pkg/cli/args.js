// The arguments of `goodsrank rank`: the native command's, name by name. A test
// holds the two lists side by side.

import { parseArgs } from 'node:util';

import { messageOf } from '../lib/error.js';

export const HELP = `Decide which supply-chain goods a shop should sell

Usage: goodsrank rank [OPTIONS] <SHARDS>

The npm package carries 'rank'. The native goodsrank has the rest: it makes,
inspects, verifies and serves shards.
`;

export const RANK_HELP = `Rank goods for a shop, shops for a good, or either for each of a file

Usage: goodsrank rank [OPTIONS] <--shop <ID>|--sales <FILE>|--good <ID>|--queries <FILE>> <SHARDS>

Arguments:
  <SHARDS>  Folder with a manifest, or a .grs file

Options:
      --shop <ID>          A public shop's id
      --sales <FILE>       CSV of what a shop sells, matched by good_id, gtin, sku or title
      --good <ID>          A good's id, to rank public shops for it
      --queries <FILE>     CSV whose first column, shop_id or good_id, says whom to rank for
      --profiles <FILE>    CSV of events that the queries' shops are ranked from
      --only <FILE>        CSV whose first column, good_id, says which goods may be ranked
      --feedback <FILE>    CSV of good_id, action (listed, saved, notForMe) and reason, which moves
                           the policy
      --limit <LIMIT>      Rows for each, 1 to 10000 [default: 20]
      --policy <POLICY>    A preset, as profit, or weights as JSON, as {"fit":1,"margin":0.5}
                           [default: balanced]
      --channel <CHANNEL>  Where the shop sells: own, marketplace, live, or costs as JSON [default:
                           own]
      --rules <JSON>       Rules as JSON, as {"categories":["food"],"priceMax":5000}
      --diversity <JSON>   What is shown of the best, as
                           {"collapse":true,"perSupplier":3,"explore":0.1}
      --out <FILE>         File to write; standard output if left out
      --json               Print for machines
  -h, --help               Print help
`;

/** @type {{ [name: string]: { type: 'string' | 'boolean' } }} */
const OPTIONS = {
  shop: { type: 'string' },
  sales: { type: 'string' },
  good: { type: 'string' },
  queries: { type: 'string' },
  profiles: { type: 'string' },
  only: { type: 'string' },
  feedback: { type: 'string' },
  limit: { type: 'string' },
  policy: { type: 'string' },
  channel: { type: 'string' },
  rules: { type: 'string' },
  diversity: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
};

/** Arguments that make no sense; exit code 2. */
export class UsageError extends Error {
  /**
   * @param {string} message
   * @param {string} usage what to print below
   */
  constructor(message, usage) {
    super(message);
    this.usage = usage;
  }
}

/**
 * @typedef {object} RankOptions
 * @property {string} shards
 * @property {string} [shop]
 * @property {string} [sales]
 * @property {string} [good]
 * @property {string} [queries]
 * @property {string} [profiles]
 * @property {string} [only]
 * @property {string} [feedback]
 * @property {number} limit
 * @property {string} policy
 * @property {string} channel
 * @property {string} [rules]
 * @property {string} [diversity]
 * @property {string} [out]
 * @property {boolean} json
 */

/**
 * @param {string[]} args
 * @returns {RankOptions}
 */
export function parseRank(args) {
  const { values, positionals } = parse(args);
  const [shards, ...more] = positionals;
  if (shards === undefined) throw wrong('<SHARDS> is missing');
  if (more.length > 0) throw wrong(`unexpected argument '${more[0]}'`);
  const who = given(values, 'shop', 'sales', 'good', 'queries');
  if (who.length === 0) throw wrong('one of --shop, --sales, --good and --queries is required');
  atMostOne(who);
  atMostOne(given(values, 'good', 'only'));
  atMostOne(given(values, 'good', 'feedback'));
  atMostOne(given(values, 'queries', 'feedback'));
  requires(values, 'profiles', 'queries');
  return {
    policy: 'balanced',
    channel: 'own',
    ...values,
    shards,
    limit: limit(values.limit),
    json: values.json ?? false,
  };
}

/**
 * @param {string[]} args
 * @returns {{ values: { [name: string]: any }, positionals: string[] }}
 */
function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw wrong(messageOf(error));
  }
}

/**
 * Those of the names that have a value.
 *
 * @param {{ [name: string]: unknown }} values
 * @param {...string} names
 */
function given(values, ...names) {
  return names.filter((name) => values[name] !== undefined);
}

/** @param {string[]} names */
function atMostOne([first, second]) {
  if (second !== undefined) throw wrong(`--${first} cannot be used with --${second}`);
}

/**
 * @param {{ [name: string]: unknown }} values
 * @param {string} name
 * @param {string} other
 */
function requires(values, name, other) {
  if (values[name] !== undefined && values[other] === undefined) {
    throw wrong(`--${name} requires --${other}`);
  }
}

/** @param {string | undefined} text */
function limit(text = '20') {
  if (!/^[0-9]+$/.test(text)) throw wrong(`invalid value '${text}' for --limit: expected a whole number`);
  return Number(text);
}

/** @param {string} message */
function wrong(message) {
  return new UsageError(message, RANK_HELP);
}
