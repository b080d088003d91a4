// The types of `goodsrank/worker`: those of `goodsrank`, answered by promises.

/// <reference lib="esnext.disposable" />

import type {
  CatalogInfo,
  KnownGood,
  OpenOptions as Opening,
  Query as PageQuery,
  RankedGood,
  RankedShop,
  Ranking as PageRanking,
  Sale,
  SalesMatch as PageSales,
  ShardSource,
  ShopsOptions,
  User,
  Users as PageUsers,
  UsersOptions,
  UserWant,
  WasmSource,
  WhatIf,
} from './index.js';

export type * from './index.js';
export { GoodsRankError } from './index.js';

/** What every call may be told. */
export interface CallOptions {
  /**
   * Rejects with the signal's reason. A call that waits is never made; of one that
   * runs, the answer is discarded.
   */
  signal?: AbortSignal;
}

/** How `GoodsRank.open` makes a worker and opens a catalog in it. All are optional. */
export interface OpenOptions extends Opening {
  /**
   * Makes the worker; left out, it is made of the package's own script. Where that may not
   * run, as from another origin, give a script of your own that imports
   * `goodsrank/worker/script`.
   */
  createWorker?: () => Worker;
  /** What the worker gives `init`; left out, the lean module in browsers and the full one in Node. */
  wasm?: Exclude<WasmSource, Response>;
}

/** As `Shop` of `goodsrank`, with what this catalog's own worker holds. */
export type Shop = string | Sale[] | SalesMatch | Users;

/** What is ranked, for whom and by what, as in `goodsrank`. All are optional. */
export interface Query extends Omit<PageQuery, 'shop'> {
  /** Left out: a shop that sells nothing yet. */
  shop?: Shop;
}

/** The best goods of one query: columns are here, rows are asked for. */
export class Ranking implements AsyncIterable<RankedGood> {
  private constructor();
  /** Rows: the limit, or fewer where fewer goods passed the rules. */
  readonly length: PageRanking['length'];
  /** The weights that it was ranked by: those of the query, moved by its feedback. */
  readonly policy: PageRanking['policy'];
  /** Goods that passed the rules. */
  readonly candidates: PageRanking['candidates'];
  /** Each rule that was asked for, and how many goods break it. */
  readonly removed: PageRanking['removed'];
  /** Where no good passed: the rule without which most would. Null where none helps by itself. */
  readonly relax: PageRanking['relax'];
  /** Goods of the shop's that the shard knows. */
  readonly known: PageRanking['known'];
  /** Milliseconds until the answer was here, waiting for earlier calls included. */
  readonly elapsed: number;
  /** Row numbers in the shard, best first. */
  readonly goods: PageRanking['goods'];
  /** Micro-nats; whole numbers. */
  readonly scores: PageRanking['scores'];
  /** Micro-nats by term. */
  readonly terms: PageRanking['terms'];
  /** Row numbers of the goods that each row stands for; empty where nothing was collapsed. */
  readonly behind: PageRanking['behind'];
  /** How probable it was that each row would be shown; empty where the best are simply shown. */
  readonly probabilities: PageRanking['probabilities'];
  /** The ranked good at position `i`, counted from 0. Needs the catalog to be open. */
  row(i: number, options?: CallOptions): Promise<RankedGood>;
  /** Rows `from` up to, and without, `to`, in one message. Default all rows. */
  rows(from?: number, to?: number, options?: CallOptions): Promise<RankedGood[]>;
  /** Every row in turn, best first. */
  [Symbol.asyncIterator](): AsyncIterator<RankedGood>;
}

/** A merchant's sales file, matched to the catalog. It goes to the worker and no further. */
export class SalesMatch {
  private constructor();
  /** Data rows read. */
  readonly rows: PageSales['rows'];
  /** Rows matched, by what matched them; rows assigned since are not counted. */
  readonly matched: PageSales['matched'];
  /** Rows that were not matched, in the order of the file; the first 1,000. */
  readonly unmatched: PageSales['unmatched'];
  /** How many rows were not matched, past the first 1,000 too. */
  readonly unmatchedTotal: PageSales['unmatchedTotal'];
  /** Distinct goods of the catalog that the file sells. */
  readonly goods: PageSales['goods'];
  /** Says which good an ambiguous or unmatched row means; then the other fields are anew. */
  assign(line: number, goodId: string, options?: CallOptions): Promise<void>;
  /** Gives the memory back; what was read of the file stays readable. */
  close(): void;
  /** As `close`, for `using`. */
  [Symbol.dispose](): void;
}

/** A merchant's own users. They go to the worker and no further. */
export class Users {
  private constructor();
  /** What was read and left out, and what users are in all. */
  readonly report: PageUsers['report'];
  /** As in `report`. */
  readonly asset: PageUsers['asset'];
  /** As in `report`. */
  readonly layers: PageUsers['layers'];
  /** Hot users, hottest first. `limit` is 1 to 10,000; 20 when left out. */
  hot(options?: { limit?: number } & CallOptions): Promise<User[]>;
  /** The users who did not buy the good, likeliest to want it first. */
  wants(goodId: string, options?: { limit?: number } & CallOptions): Promise<UserWant[]>;
  /** All hot users as a CSV file, without formulas. */
  csv(options?: CallOptions): Promise<string>;
  /** Gives the memory back; `report` stays readable. */
  close(): void;
  /** As `close`, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * A catalog in a worker of its own. Calls are answered one after the other, in order, as
 * `GoodsRank` of the entry `goodsrank` answers them, with the same bytes and the same errors.
 */
export class GoodsRank {
  private constructor();
  /** Starts a worker and opens the catalog in it; in the page where no worker can be made. */
  static open(source: ShardSource, options?: OpenOptions): Promise<GoodsRank>;
  /** What the catalog says of itself. */
  readonly info: CatalogInfo;
  /** Where the engine runs. */
  readonly where: 'worker' | 'page';
  /** The best goods for a shop. */
  rank(query?: Query, options?: CallOptions): Promise<Ranking>;
  /** Needs the full module, see `OpenOptions.wasm`. */
  whatIf(goodId: string, query?: Query, options?: CallOptions): Promise<WhatIf>;
  /** The public shops that do not have the good yet, likeliest to adopt it first. */
  shopsFor(goodId: string, options?: ShopsOptions & CallOptions): Promise<RankedShop[]>;
  /** Matches a CSV file of what a shop sells. Bytes are copied, not moved. */
  matchSales(csv: string | Uint8Array, options?: CallOptions): Promise<SalesMatch>;
  /** Needs the full module, see `OpenOptions.wasm`. */
  matchUsers(orders: string | Uint8Array, options?: UsersOptions & CallOptions): Promise<Users>;
  /** The good of this id, or null. */
  good(id: string, options?: CallOptions): Promise<KnownGood | null>;
  /** Ends the worker, and with it all that it holds. Calls after it reject with `closed`. */
  close(): void;
  /** As `close`, for `using`. */
  [Symbol.dispose](): void;
}
