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

export interface CallOptions {
  /**
   * Rejects with the signal's reason. A call that waits is never made; of one that
   * runs, the answer is discarded.
   */
  signal?: AbortSignal;
}

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

export type Shop = string | Sale[] | SalesMatch | Users;

export interface Query extends Omit<PageQuery, 'shop'> {
  /** Left out: a shop that sells nothing yet. */
  shop?: Shop;
}

/** The best goods of one query: columns are here, rows are asked for. */
export class Ranking implements AsyncIterable<RankedGood> {
  private constructor();
  readonly length: PageRanking['length'];
  readonly policy: PageRanking['policy'];
  readonly candidates: PageRanking['candidates'];
  readonly removed: PageRanking['removed'];
  readonly relax: PageRanking['relax'];
  readonly known: PageRanking['known'];
  /** Milliseconds until the answer was here, waiting for earlier calls included. */
  readonly elapsed: number;
  readonly goods: PageRanking['goods'];
  readonly scores: PageRanking['scores'];
  readonly terms: PageRanking['terms'];
  readonly behind: PageRanking['behind'];
  readonly probabilities: PageRanking['probabilities'];
  /** The ranked good at position `i`, counted from 0. Needs the catalog to be open. */
  row(i: number, options?: CallOptions): Promise<RankedGood>;
  /** Rows `from` up to, and without, `to`, in one message. Default all rows. */
  rows(from?: number, to?: number, options?: CallOptions): Promise<RankedGood[]>;
  [Symbol.asyncIterator](): AsyncIterator<RankedGood>;
}

/** A merchant's sales file, matched to the catalog. It goes to the worker and no further. */
export class SalesMatch {
  private constructor();
  readonly rows: PageSales['rows'];
  readonly matched: PageSales['matched'];
  readonly unmatched: PageSales['unmatched'];
  readonly unmatchedTotal: PageSales['unmatchedTotal'];
  readonly goods: PageSales['goods'];
  /** Says which good an ambiguous or unmatched row means; then the other fields are anew. */
  assign(line: number, goodId: string, options?: CallOptions): Promise<void>;
  /** Gives the memory back; what was read of the file stays readable. */
  close(): void;
  [Symbol.dispose](): void;
}

/** A merchant's own users. They go to the worker and no further. */
export class Users {
  private constructor();
  readonly report: PageUsers['report'];
  readonly asset: PageUsers['asset'];
  readonly layers: PageUsers['layers'];
  hot(options?: { limit?: number } & CallOptions): Promise<User[]>;
  wants(goodId: string, options?: { limit?: number } & CallOptions): Promise<UserWant[]>;
  csv(options?: CallOptions): Promise<string>;
  close(): void;
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
  readonly info: CatalogInfo;
  /** Where the engine runs. */
  readonly where: 'worker' | 'page';
  rank(query?: Query, options?: CallOptions): Promise<Ranking>;
  /** Needs the full module, see `OpenOptions.wasm`. */
  whatIf(goodId: string, query?: Query, options?: CallOptions): Promise<WhatIf>;
  shopsFor(goodId: string, options?: ShopsOptions & CallOptions): Promise<RankedShop[]>;
  matchSales(csv: string | Uint8Array, options?: CallOptions): Promise<SalesMatch>;
  /** Needs the full module, see `OpenOptions.wasm`. */
  matchUsers(orders: string | Uint8Array, options?: UsersOptions & CallOptions): Promise<Users>;
  good(id: string, options?: CallOptions): Promise<KnownGood | null>;
  /** Ends the worker, and with it all that it holds. Calls after it reject with `closed`. */
  close(): void;
  [Symbol.dispose](): void;
}
