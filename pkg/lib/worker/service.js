// A catalog as a worker holds it: asked by messages, files and users by number.

import { GoodsRank } from '../catalog.js';
import { init } from '../module.js';
import { SalesMatch } from '../sales.js';
import { Users } from '../users.js';

/**
 * @typedef {import('../../index.d.ts').OpenOptions} OpenOptions
 * @typedef {import('../../index.d.ts').Query} Query
 * @typedef {import('../../index.d.ts').ShardSource} ShardSource
 * @typedef {import('../../index.d.ts').ShopsOptions} ShopsOptions
 * @typedef {import('../../index.d.ts').UsersOptions} UsersOptions
 * @typedef {import('../../index.d.ts').WasmSource} WasmSource
 * @typedef {import('../../dist/goodsrank_wasm.js').Engine} Engine
 *
 * @typedef {{ query: Query, match?: number }} Asked a query, whose shop may be a match by number
 * @typedef {(told: string, what: unknown) => void} Tell
 *
 * @typedef {object} Opening
 * @property {WasmSource} [wasm]
 * @property {OpenOptions} options what can be copied of them
 * @property {string[]} tells callbacks that the caller gave
 */

/**
 * @param {AbortSignal} signal ends an opening
 * @param {(catalog: GoodsRank) => void} opened
 */
export function calls(signal, opened) {
  /** @type {GoodsRank} */
  let catalog;
  /** @type {Map<number, SalesMatch | Users>} */
  const matches = new Map();
  let last = 0;

  /** @template {SalesMatch | Users} M @param {M} match */
  const kept = (match) => {
    matches.set(++last, match);
    return last;
  };
  /** @param {number} match */
  const sales = (match) => /** @type {SalesMatch} */ (matches.get(match));
  /** @param {number} match */
  const users = (match) => /** @type {Users} */ (matches.get(match));
  /** @param {Parameters<Engine['row']>} columns */
  const row = (columns) => GoodsRank.engine(catalog).use((engine) => engine.row(...columns));
  /** @param {Asked} asked */
  const query = ({ query, match }) =>
    match === undefined ? query : { ...query, shop: matches.get(match) };

  return {
    /** @param {ShardSource} source @param {Opening} opening @param {Tell} tell */
    async open(source, { wasm, options, tells }, tell) {
      if (wasm !== undefined) await init(wasm);
      const told = tells.map((name) => [name, (/** @type {unknown} */ what) => tell(name, what)]);
      catalog = await GoodsRank.open(source, { ...options, ...Object.fromEntries(told), signal });
      opened(catalog);
      return catalog.info;
    },
    /** @param {Asked} asked */
    rank: (asked) => GoodsRank.made(catalog, query(asked)),
    /** @param {Parameters<Engine['row']>} columns */
    row: (...columns) => catalog.withTexts(() => row(columns)),
    /** @param {Parameters<Engine['row']>[]} rows */
    rows: (rows) => catalog.withTexts(() => rows.map(row)),
    /** @param {string} goodId @param {Asked} asked */
    whatIf: (goodId, asked) => catalog.withTexts(() => catalog.whatIf(goodId, query(asked))),
    /** @param {string} goodId @param {ShopsOptions} [options] */
    shopsFor: (goodId, options) => catalog.shopsFor(goodId, options),
    /** @param {string} id */
    good: (id) => catalog.withTexts(() => catalog.good(id)),
    /** @param {string | Uint8Array} csv */
    matchSales(csv) {
      const match = catalog.matchSales(csv);
      return { match: kept(match), report: reportOf(match) };
    },
    /** @param {number} match @param {number} line @param {string} goodId */
    assign(match, line, goodId) {
      sales(match).assign(line, goodId);
      return reportOf(sales(match));
    },
    /** @param {string | Uint8Array} orders @param {UsersOptions} [options] */
    matchUsers(orders, options) {
      const match = catalog.matchUsers(orders, options);
      return { match: kept(match), report: match.report };
    },
    /** @param {number} match @param {{ limit?: number }} [options] */
    hot: (match, options) => catalog.withTexts(() => users(match).hot(options)),
    /** @param {number} match @param {string} goodId @param {{ limit?: number }} [options] */
    wants: (match, goodId, options) => catalog.withTexts(() => users(match).wants(goodId, options)),
    /** @param {number} match */
    csv: (match) => users(match).csv(),
    /** @param {number} match */
    release(match) {
      matches.get(match)?.close();
      matches.delete(match);
    },
  };
}

/** @typedef {ReturnType<typeof calls>} Calls */

/** @param {SalesMatch} match */
function reportOf({ rows, matched, unmatched, unmatchedTotal, goods }) {
  return { rows, matched, unmatched, unmatchedTotal, goods };
}
