// The public types of `goodsrank`. Written by hand, checked by `npm run types`.

/// <reference lib="esnext.disposable" />

/**
 * Bytes of a shard, or where to fetch them: a `.grs` file, or a `manifest.json`
 * that names one or several. In Node a path or a `file:` address will do. Bytes are not
 * copied but read as calls need them, each section checked when it is first used: do not
 * change them while the catalog is open.
 */
export type ShardSource = string | URL | ArrayBuffer | Uint8Array;

/** Where the compiled module comes from; left out, the entry locates its own. */
export type WasmSource = string | URL | Response | ArrayBuffer | Uint8Array | WebAssembly.Module;

/**
 * Compiles the module once. Calls after the first return the first call's
 * promise; a call that failed is forgotten, so that it can be tried again.
 */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;

/** As `init`, from a compiled module or bytes, without waiting. */
export function initSync(source: WebAssembly.Module | ArrayBuffer | Uint8Array): void;

/** How `GoodsRank.open` fetches and keeps a catalog. All are optional. */
export interface OpenOptions {
  /** Stops the download, waits between tries and looking for updates; rejects with its reason. */
  signal?: AbortSignal;
  /** Called as bytes arrive. `total` is null where the server does not say. */
  onProgress?: (progress: { loaded: number; total: number | null }) => void;
  /**
   * Of a catalog of several shards those that hold these categories, with what lies below each;
   * all when left out. What other shards know of a shop is then not known; `info` is of the whole
   * catalog but for `goods`.
   */
  categories?: string[];
  /** Asks for an address, for files that lie where the runtime's own `fetch` does not reach. With it nothing is kept in the Cache API. */
  fetch?: (url: URL, signal?: AbortSignal) => Promise<Response>;
  /**
   * Takes a catalog only if its manifest is signed by this key: 32 bytes of Ed25519, or as the
   * base64 that `goodsrank keygen` prints. The signature is fetched from beside the manifest and
   * checked before any shard is asked for; otherwise `bad_signature`. Needs a manifest's address.
   */
  publicKey?: string | Uint8Array;
  /**
   * Whether what a manifest names is kept in the Cache API, where there is one, and opened
   * from there when the network is away. Default true. Nothing is kept of a manifest that is
   * sent with `no-store`, nor of a `.grs` file that no manifest names.
   */
  cache?: boolean;
  /**
   * `shown`: of a catalog that a manifest names, only what a ranking needs is downloaded; titles
   * and other texts, a third to a half of the file, are fetched by range for the goods that
   * `ranking.rows()` and `catalog.withTexts()` show. Offline there are those that were shown
   * before. Default `all`. What a server without ranges sends is cut off.
   */
  texts?: 'all' | 'shown';
  /**
   * With it, a catalog that is kept is opened at once and the network asked behind it (stale
   * while revalidate). Called when a newer catalog has arrived whole: the next `open` gives it.
   * Its shard may be the same, where all that is new is goods that are withdrawn.
   */
  onUpdate?: (newer: CatalogUpdate) => void;
  /**
   * Called with what went wrong without keeping a catalog from opening: `cache_failed` where
   * nothing could be kept (the quota is exceeded), `fetch_failed` where what is kept was opened
   * because the network is away, `bad_signature` where it was because the newer manifest is not
   * signed, `damaged` where a delta was no good and the whole shard was fetched.
   */
  onWarning?: (warning: GoodsRankError) => void;
}

/** The shard of a newer catalog, as its manifest names it; of several the first that is new. */
export interface CatalogUpdate {
  /** Its address, relative to the manifest. */
  file: string;
  /** Its size. */
  bytes: number;
  /** BLAKE3, 64 hexadecimal digits. */
  hash: string;
}

/** How hot a category or a shop is. */
export interface Heat {
  /** Nats beside the mean of its kind; recent events count most. */
  temperature: number;
  /** Whether the last two weeks are a fifth hotter, or cooler, than the last three months. */
  trend: 'heating' | 'cooling' | 'steady';
}

/** A shop or a supplier. */
export interface Named {
  /** Its id in the catalog. */
  id: string;
  /** Its name; "" when unknown. */
  name: string;
}

/** What a shard says of itself. */
export interface CatalogInfo {
  /** Number of goods. */
  goods: number;
  /** How many of them the manifest withdrew: they are never recommended. */
  withdrawn: number;
  /** ISO 4217 code, or "" where the catalog has no prices. */
  currency: string;
  /** Decimal digits of a minor unit: 2 for cents. */
  exponent: number;
  /** Time of the last event, seconds since 1970 UTC; 0 where events have no times. */
  tRef: number;
  /** How many shops stand behind any figure that was learned. */
  minShops: number;
  /** False for a shard built with `minShops` 1: do not publish it. */
  publishable: boolean;
  /** How fit was learned: `linear`, or `hybrid λ=0.5`. */
  kernel: string;
  /** Whether the text rule can be used. */
  searchable: boolean;
  /** Category paths, as `food/tea`, each followed by what lies below it. */
  categories: string[];
  /** In byte order of their ids. */
  suppliers: Named[];
  /** In byte order. */
  brands: string[];
  /** Where goods ship to, as `CN` or `US-CA`, in byte order. */
  destinations: string[];
  /** Shops that consented to be public, in byte order of their ids. */
  shops: Named[];
  /** How hot each of `categories` is, with what lies below it; null where too few shops stand behind it. */
  categoryHeat: (Heat | null)[];
  /** How hot each of `shops` is; null where the shard does not say. */
  shopHeat: (Heat | null)[];
}

/** Something a shop did with a good. */
export interface Sale {
  /** The good's id in the catalog. */
  good: string;
  /** Positive; 1 when left out. */
  quantity?: number;
  /** Seconds since 1970 UTC; left out, the shard's `tRef`. */
  at?: number;
  /** `purchase` when left out. */
  kind?: EventKind;
}

/** What a shop did; each kind weighs what the catalog says. */
export type EventKind = 'purchase' | 'return' | 'view' | 'save' | 'list' | 'share' | 'referral';

/**
 * A public shop's id, a list of what a shop sells, a matched sales file, or users: what the hot
 * ones buy, as warm as they are.
 */
export type Shop = string | Sale[] | SalesMatch | Users;

/** Hard limits: a good that breaks one is not ranked. All are optional. */
export interface Rules {
  /** Category paths; each takes in what lies below it. */
  categories?: string[];
  /** Supplier ids. */
  suppliers?: string[];
  /** Brands, as `info.brands` has them. */
  brands?: string[];
  /** Brands to leave out. */
  notBrands?: string[];
  /** A destination of `info.destinations`. A good that does not say where it ships to is left out. */
  shipsTo?: string;
  /** Lowest price in minor units, inclusive. A good of unknown price is left out. */
  priceMin?: number;
  /** Highest price in minor units, inclusive. A good of unknown price is left out. */
  priceMax?: number;
  /** Category paths to leave out, with what lies below each. */
  notCategories?: string[];
  /** Supplier ids to leave out. */
  notSuppliers?: string[];
  /** Least share of the retail price that a sale leaves in the query's channel, below 1. A good of unknown price is left out. */
  marginMin?: number;
  /** Greatest minimum order, pieces. A good that does not say is left out. */
  moqMax?: number;
  /** Longest lead time, days. A good that does not say is left out. */
  leadTimeMax?: number;
  /** Least number of reviews. */
  reviewsMin?: number;
  /** First sold within so many days before the catalog's last event. A good that does not say is left out. */
  newWithinDays?: number;
  /** Only what is known to be in stock. Default false. */
  inStock?: boolean;
  /** Leave out what has one of these risks. */
  withoutRisks?: RiskName[];
  /** Words that the titles must hold, all of them; each may be half typed. */
  text?: string;
  /** Only these goods, by id. */
  only?: string[];
  /** Without these goods, by id. */
  exclude?: string[];
  /** Leave in what the shop already sells. Default false. */
  includeSold?: boolean;
}

/**
 * `balanced`: fit first, the rest as second thoughts. `profit`: the expected
 * earning. `trend`: what is heating up. `niche`: what few others sell.
 * `newcomer`: what sells, arrives and is kept. `plain`: the same for every
 * shop. `1688`: that platform's published rule, to compare with. `fit`: fit
 * alone.
 */
export type PolicyName =
  | 'balanced'
  | 'profit'
  | 'trend'
  | 'niche'
  | 'newcomer'
  | 'plain'
  | '1688'
  | 'fit';

/** Weights of the terms; each from 0 to 100. A term left out weighs 0. */
export type Policy = { [term in TermName]?: number };

/** A shop of one's own, a marketplace at 5 %, or a live stream at 20 %: round figures to start from. */
export type ChannelName = 'own' | 'marketplace' | 'live';

/**
 * What selling costs: `margin` and `marginMin` count it. A field left out is
 * that of `own`. Shares are of the price that the customer pays, amounts minor
 * units for each piece sold.
 */
export interface Channel {
  /** What is added to the supply price, as a share of it, 0 to 100; 1 when left out. */
  markup?: number;
  /** The platform's share, 0 to 1; 0 when left out. */
  commission?: number;
  /** What taking the money costs, 0 to 1; 0.03 when left out. */
  payment?: number;
  /** Bringing the good in (freight, duty), as a share of the supply price, 0 to 100; 0.05 when left out. */
  landing?: number;
  /** Sending a piece to the customer; 0 when left out. */
  shipping?: number;
  /** Insuring the way back; 0 when left out. */
  insurance?: number;
  /** What a piece that comes back costs; 0 when left out. */
  returnCost?: number;
}

/** What is shown of the best, where the best alone would be ten of a kind. All are optional. */
export interface Diversity {
  /** Most rows of a category; 0, when left out, for any number. */
  perCategory?: number;
  /** Most rows of a supplier; 0, when left out, for any number. */
  perSupplier?: number;
  /** Whether goods that stand for each other are one row, the best offer. Default false. */
  collapse?: boolean;
  /** Share of the rows for goods of which little is known, 0 to 0.5; 0 when left out. */
  explore?: number;
  /** What their draw depends on, a whole number; 0 when left out. */
  seed?: number;
}

/** Why a good is not for a merchant; each but `other` moves the terms that it speaks of and no others. */
export type FeedbackReason =
  | 'price'
  | 'margin'
  | 'tooManySellers'
  | 'moq'
  | 'leadTime'
  | 'quality'
  | 'returns'
  | 'risk'
  | 'notMyCustomers'
  | 'other';

/**
 * What a merchant says of a good: it is listed now, saved for later, or not for
 * this merchant. What is listed or refused is left out; what is listed or saved
 * becomes an event of the shop's; all of it moves the policy.
 */
export interface Feedback {
  /** The good's id; one that the catalog does not know is passed over. */
  good: string;
  /** What the merchant did: put it into the shop, kept it for later, or refused it. */
  action: 'listed' | 'saved' | 'notForMe';
  /** With `notForMe` only; `other` when left out. */
  reason?: FeedbackReason;
}

/** What is ranked, for whom and by what. All are optional. */
export interface Query {
  /** Left out: a shop that sells nothing yet. */
  shop?: Shop;
  /** None when left out, but that what the shop already sells is left out. */
  rules?: Rules;
  /** `balanced` when left out. */
  policy?: PolicyName | Policy;
  /** Where the shop sells; `own` when left out. */
  channel?: ChannelName | Channel;
  /** The best alone when left out. */
  diversity?: Diversity;
  /**
   * What this merchant has said of goods: a list, or the text of a CSV file with
   * the columns good_id, action and reason. Of each good the last entry counts,
   * and the list is the whole state: an entry left out was never said.
   */
  feedback?: Feedback[] | string;
  /** Rows wanted, 1 to 10,000; 20 when left out. */
  limit?: number;
}

/** The names of the score's terms, in the order of their columns. */
export type TermName =
  | 'fit'
  | 'temperature'
  | 'priceFit'
  | 'trend'
  | 'margin'
  | 'priceAdvantage'
  | 'rivals'
  | 'moq'
  | 'leadTime'
  | 'reviews'
  | 'returns'
  | 'fillRate'
  | 'risk'
  | 'selection'
  | 'spread'
  | 'season';

/** What could go wrong with a good, the gravest first. */
export type RiskName =
  // the catalog suspects that a brand is infringed
  | 'brand'
  | 'outOfStock'
  // surely above twice the usual share comes back, and a tenth
  | 'returns'
  // a third of its equivalents' price, or thrice it
  | 'priceOutlier'
  // demand falls
  | 'cooling'
  // few shops sell it, and few customers reviewed it
  | 'thinEvidence'
  // no other supplier has an equivalent
  | 'singleSource';

/** A rule that was asked for, and a number of goods. */
export interface Removed {
  /** The rule's name in `Rules`; `price` for either limit, `includeSold` for what the shop sells, `withdrawn` for what the catalog no longer offers. */
  rule: 'price' | 'withdrawn' | Exclude<keyof Rules, 'priceMin' | 'priceMax'>;
  /** How many goods it leaves out; of `Ranking.relax`, how many would pass without it. */
  goods: number;
}

/** One good of the shop's that speaks for, or against, a ranked good. */
export interface Because {
  /** The good's id in the catalog. */
  id: string;
  /** Its title; "" where it has none. */
  title: string;
  /** Share of the positive contributions, 0 to 1; negative for one that speaks against. */
  share: number;
}

/** What the catalog says of a good. */
export interface Good {
  /** The good's id in the catalog. */
  id: string;
  /** `title`, then one for each language tag the catalog has. */
  titles: Record<string, string>;
  /** Minor units; null when unknown. */
  price: number | null;
  /** Category path; null when unknown. */
  category: string | null;
  /** Who supplies it; null when unknown. */
  supplier: Named | null;
  /** Minimum order quantity; null when unknown. */
  moq: number | null;
  /** Days, the 90th percentile; null when unknown. */
  leadTimeDays: number | null;
  /** Shops that one shop which lists it brings in the end, itself among them, 1 to 255; null when unknown. */
  spread: number | null;
  /** Further catalog columns: sku, gtin, brand, ships_to, image_url, url, attributes. */
  details: Record<string, string>;
}

/** A good of the catalog, asked for by its id. */
export interface KnownGood extends Good {
  /** Never recommended: the manifest withdrew it. */
  withdrawn: boolean;
}

/** A ranked good with everything a page shows of it. */
export interface RankedGood extends Good {
  /** 1 for the best. */
  rank: number;
  /** Micro-nats. Exactly the sum of `terms`. */
  score: number;
  /** Micro-nats, weight included. */
  terms: Record<TermName, number>;
  /** Terms that are 0 because the data is missing, not because it says 0. */
  unknown: TermName[];
  /** What could go wrong, gravest first; whether or not `risk` is weighed. */
  risks: RiskName[];
  /** Ids of the goods that this one stands for, best first; none unless `collapse` asks. */
  behind: string[];
  /** How probable it was that this row would be shown, 0 to 1; 1 unless `explore` asks. */
  probability: number;
  /** The shop's goods behind `fit`, strongest first, five at most. */
  because: Because[];
}

/**
 * The best goods of one query, as columns; rows become objects one at a time.
 * The columns are copies: they stay when the catalog is closed.
 */
export class Ranking implements Iterable<RankedGood> {
  private constructor();
  /** Rows: the limit, or fewer where fewer goods passed the rules. */
  readonly length: number;
  /** The weights that it was ranked by: those of the query, moved by its feedback. */
  readonly policy: Record<TermName, number>;
  /** Goods that passed the rules. */
  readonly candidates: number;
  /** Each rule that was asked for, and how many goods break it. */
  readonly removed: Removed[];
  /** Where no good passed: the rule without which most would, and how many. Null where none helps by itself. */
  readonly relax: Removed | null;
  /** Goods of the shop's that the shard knows. With 0 fit is unknown, and its weight goes to temperature. */
  readonly known: number;
  /** Milliseconds the ranking took, crossing included. */
  readonly elapsed: number;
  /** Row numbers in the shard, best first; over several shards 2^24 times the shard's place are added. */
  readonly goods: Uint32Array;
  /** Micro-nats; whole numbers. */
  readonly scores: Float64Array;
  /** Micro-nats by term. */
  readonly terms: Record<TermName, Int32Array>;
  /** Row numbers of the goods that each row stands for; empty where nothing was collapsed. */
  readonly behind: Uint32Array[];
  /** How probable it was that each row would be shown; empty where the best are simply shown. */
  readonly probabilities: Float64Array;
  /** The ranked good at position `i`, counted from 0. Needs the engine that ranked to be open. */
  row(i: number): RankedGood;
  /**
   * Rows `from` up to, and without, `to`, when their texts are here: with `texts: 'shown'` those
   * that are not are fetched, neighbours in one request. Default all rows.
   */
  rows(from?: number, to?: number, options?: { signal?: AbortSignal }): Promise<RankedGood[]>;
  /** Every row in turn, best first. */
  [Symbol.iterator](): Iterator<RankedGood>;
}

/** What `GoodsRank.shopsFor` may be told. */
export interface ShopsOptions {
  /** Shops wanted, 1 to 10,000; 20 when left out. */
  limit?: number;
}

/** Where a good stands for a shop, and what would move it up. */
export interface WhatIf {
  /** Its place among the goods that the rules leave, from 1. */
  place: number;
  /** How many they are, with it. */
  goods: number;
  /** Its score, micro-nats. */
  score: number;
  /** The score it needs, micro-nats. */
  needed: number;
  /** The rules that keep it from this shop, whatever its score. */
  blocked: Removed['rule'][];
  /** What would move it up, each alone. Empty where it is there already. */
  moves: Move[];
}

/** A change of one figure of a good. */
export interface Move {
  /** `price` in minor units, `leadTime` in days, `moq` in pieces. */
  lever: 'price' | 'leadTime' | 'moq';
  /** What the catalog says. */
  from: number;
  /** The least cut that is enough; where none of at most 90 % is, the one that gets furthest. */
  to: number;
  /** The place it then has. */
  place: number;
  /** The score it then has, micro-nats. */
  score: number;
}

/** A public shop at its place in a ranking for a good. */
export interface RankedShop {
  /** 1 for the best. */
  rank: number;
  /** The shop's id in the catalog. */
  id: string;
  /** "" when unknown. */
  name: string;
  /** Micro-nats: fit alone, the logarithm of the probability that the shop adopts the good. */
  score: number;
}

/** One row of a sales file that was not matched to exactly one good. */
export interface UnmatchedRow {
  /** Line in the file, the header being line 1. */
  line: number;
  /** What the row calls the good: its id, gtin, sku or title, whichever came first. */
  label: string;
  /** `ambiguous`: several goods fit, see `candidates`. `unmatched`: none does. `invalid`: see `reason`. */
  status: 'ambiguous' | 'unmatched' | 'invalid';
  /** Ids of the goods that fit, ten at most. */
  candidates: string[];
  /** Why an invalid row was skipped; "" otherwise. */
  reason: string;
}

/** How many rows of a file were matched, by what matched them. */
export interface Matched {
  /** By good_id. */
  id: number;
  /** By gtin. */
  gtin: number;
  /** By supplier and sku. */
  sku: number;
  /** By the exact title, normalised. */
  title: number;
}

/** A merchant's sales file, matched to the catalog. It stays where it was read. */
export class SalesMatch {
  private constructor();
  /** Data rows read. */
  readonly rows: number;
  /** Rows matched, by what matched them; rows assigned since are not counted. */
  readonly matched: Matched;
  /** Rows that were not matched, in the order of the file; the first 1,000. */
  readonly unmatched: UnmatchedRow[];
  /** How many rows were not matched, past the first 1,000 too. */
  readonly unmatchedTotal: number;
  /** Distinct goods of the catalog that the file sells. */
  readonly goods: number;
  /** Says which good an ambiguous or unmatched row means. Throws GoodsRankError `unknown_good` or `bad_query`. */
  assign(line: number, goodId: string): void;
  /** Gives the memory back; what was read of the file stays readable. */
  close(): void;
  /** As `close`, for `using`. */
  [Symbol.dispose](): void;
}

/** The layers of traffic; nothing is known of the distance of `unknown`. */
export type LayerName = 'kol' | 'privateDomain' | 'publicContent' | 'platform' | 'unknown';

/** What the caller knows of a layer. */
export interface Traffic {
  /** Visits that led to its orders, 1 to 1e12, no fewer than its orders. */
  visits?: number;
  /** What an order of it costs in promotion, as a share of what an order earns; 0 or more. */
  cost?: number;
}

/** What a hot user is at or over, in all three. */
export interface Thresholds {
  /** Orders of weight 1; 1 when left out. */
  temperature?: number;
  /** 0 to 1; 0.2 when left out. */
  clarity?: number;
  /** 0 to 1; 0.25 when left out. */
  reach?: number;
}

/** How `GoodsRank.matchUsers` measures. All are optional. */
export interface UsersOptions {
  /** CSV of customers; its word on consent is the last. */
  customers?: string | Uint8Array;
  /** Seconds since 1970 UTC at which temperatures are taken; later rows are refused. Left out, the file's latest. */
  tRef?: number;
  /** From where on a user is hot. */
  thresholds?: Thresholds;
  /** What a layer keeps of its worth for each step of the path of trust, above 0, at most 1; 0.8 when left out. */
  decay?: number;
  /** What is known of layers of traffic; without it their worth is said and no value. */
  layers?: { [layer in Exclude<LayerName, 'unknown'>]?: Traffic };
}

/** What is measured of a user. */
export interface User {
  /** What the files call the user. */
  id: string;
  /** Orders of weight 1 at the time of reference. */
  temperature: number;
  /** Nats: above 0 for who buys faster of late. */
  trend: number;
  /** How well the files tell the user, 0 to 1. */
  clarity: number;
  /** Share of the channels that may be used, 0 to 1; null where nothing is said of consent, which is no consent. */
  reach: number | null;
  /** Distinct orders. */
  orders: number;
  /** Whether temperature, clarity and reach are at or over their thresholds. */
  hot: boolean;
}

/** A user at their place in a ranking for a good. */
export interface UserWant extends User {
  /** 1 for the best. */
  rank: number;
  /** Micro-nats: fit alone, of what the user bought. */
  score: number;
  /** What the user bought that speaks for the good, strongest first, five at most. */
  because: Because[];
}

/** What a layer of traffic is worth. */
export interface LayerValue {
  /** Which layer it is. */
  layer: LayerName;
  /** Orders that came by it. */
  orders: number;
  /** Users with an order by it. */
  users: number;
  /** Users with a second order by it. */
  again: number;
  /** Probability of reaching the same user again, below 1. */
  r: number;
  /** Orders that a first order by it becomes, weighed by the path of trust; null for `unknown`. */
  worth: number | null;
  /** Orders a visit; null unless `visits` was given. */
  conversion: number | null;
  /** What a visit is worth after its cost, in orders; null unless both were given. */
  value: number | null;
}

/** What reading orders came to, and what users are in all. */
export interface UsersReport {
  /** Data rows of the orders. */
  rows: number;
  /** Rows whose good was matched, by what matched it. */
  matched: Matched;
  /** Rows without a good, which heat their user all the same, and rows that were refused; the first 1,000. */
  unmatched: UnmatchedRow[];
  /** How many such rows there are, past the first 1,000 too. */
  unmatchedTotal: number;
  /** Rows that cannot be read or lie past `tRef`. */
  refused: number;
  /** Rows of orders that were called off or paid back. */
  calledOff: number;
  /** Rows that name no customer. */
  nameless: number;
  /** Rows without a time: they heat nobody. */
  undated: number;
  /** Rows of the customers' file that name somebody. */
  customers: number;
  /** Who ordered. */
  users: number;
  /** Users at or over all three thresholds. */
  hotUsers: number;
  /** Seconds since 1970 UTC; 0 where the orders have no times. */
  tRef: number;
  /** Whether the files have a column of consent. */
  consentKnown: boolean;
  /** Heat asset: temperature · clarity · reach, over users of known reach. */
  asset: number;
  /** Temperature · clarity over the others: what asking for consent may add at most. */
  assetUnknown: number;
  /** Whose goods are ranked by: all users' where no hot one bought a good of the catalog. */
  profileOf: 'hot' | 'all';
  /** Goods of the catalog that they bought. */
  goods: number;
  /** In the order of `LayerName`. */
  layers: LayerValue[];
}

/** A merchant's own users. They stay where they were read. */
export class Users {
  private constructor();
  /** What was read and left out, and what users are in all. */
  readonly report: UsersReport;
  /** As in `report`. */
  readonly asset: number;
  /** As in `report`. */
  readonly layers: LayerValue[];
  /** Hot users, hottest first. `limit` is 1 to 10,000; 20 when left out. */
  hot(options?: { limit?: number }): User[];
  /** The users who did not buy the good, likeliest to want it first. Throws GoodsRankError `unknown_good`. */
  wants(goodId: string, options?: { limit?: number }): UserWant[];
  /** All hot users as a CSV file, without formulas. */
  csv(): string;
  /** Gives the memory back; `report` stays readable. */
  close(): void;
  /** As `close`, for `using`. */
  [Symbol.dispose](): void;
}

/**
 * An open catalog. Its calls are synchronous and take about a millisecond for a hundred
 * thousand goods; `goodsrank/worker` answers the same by promises.
 */
export class GoodsRank {
  private constructor();
  /** Fetches and checks a shard. Calls `init()` if nobody has. */
  static open(source: ShardSource, options?: OpenOptions): Promise<GoodsRank>;
  /** What the catalog says of itself. */
  readonly info: CatalogInfo;
  /**
   * The best goods for a shop. Throws GoodsRankError `bad_query`, `bad_policy`, `unknown_shop`,
   * `not_searchable`, or `closed` where what it asks for was closed.
   */
  rank(query?: Query): Ranking;
  /**
   * A ranking with all its rows, for servers: the bytes of `JSON.stringify({ policy, candidates,
   * known, removed, relax, goods: [...rank(query)] })`, in about a fifth of the time. Needs the full
   * module.
   */
  rankJson(query?: Query): Uint8Array<ArrayBuffer>;
  /**
   * Keeps so many bytes of unpacked texts, 4 MiB unless told: a good's texts lie in a block with
   * those of fifty others, and a block that is kept costs nothing to show rows of. Needs the full
   * module.
   */
  keepTexts(bytes: number): void;
  /**
   * What would bring a good among the first `query.limit` of a ranking: for suppliers.
   * Throws GoodsRankError `unknown_good`.
   */
  whatIf(goodId: string, query?: Query): WhatIf;
  /**
   * The public shops that do not have the good yet, likeliest to adopt it first. Throws
   * GoodsRankError `unknown_good`, and `bad_query` for a shard without public shops.
   */
  shopsFor(goodId: string, options?: ShopsOptions): RankedShop[];
  /** Matches a CSV file of what a shop sells: by good_id, then gtin, then supplier and sku, then title. */
  matchSales(csv: string | Uint8Array): SalesMatch;
  /**
   * Measures the merchant's own users from CSV files of orders and customers, as shops export
   * them. Nothing leaves the machine.
   */
  matchUsers(orders: string | Uint8Array, options?: UsersOptions): Users;
  /** The good of this id, or null: what a page needs to mend an unmatched row. One that was withdrawn is known all the same. */
  good(id: string): KnownGood | null;
  /**
   * What a call gives when the texts it needs are here: with `texts: 'shown'` it is made, what
   * it missed is fetched, and it is made again. For `good`, `whatIf` and `Users.wants`; rows have
   * `ranking.rows()`.
   */
  withTexts<R>(call: () => R, options?: { signal?: AbortSignal }): Promise<R>;
  /** Gives the memory back. Calls after it throw GoodsRankError `closed`. */
  close(): void;
  /** As `close`, for `using`. */
  [Symbol.dispose](): void;
}

/** Every error this package throws. `code` is stable, the message is for people. */
export class GoodsRankError extends Error {
  /** For who speaks in the place of the package, as a stand-in in tests. */
  constructor(code: GoodsRankErrorCode, message: string, options?: { cause?: unknown });
  /** The same in every realm, where `instanceof` is not. */
  readonly name: 'GoodsRankError';
  /** What went wrong, for programs. */
  readonly code: GoodsRankErrorCode;
}

/** What went wrong. A later version may have more. */
export type GoodsRankErrorCode =
  // the file is at fault
  | 'not_a_shard'
  | 'truncated'
  | 'damaged'
  | 'unsupported'
  | 'bad_manifest'
  | 'bad_signature'
  // the caller is
  | 'bad_query'
  | 'bad_policy'
  | 'bad_csv'
  | 'unknown_shop'
  | 'unknown_good'
  | 'not_searchable'
  | 'closed'
  | 'not_loaded'
  // a limit was reached
  | 'limit'
  // the network or the host
  | 'fetch_failed'
  | 'wasm_failed'
  // a warning: see OpenOptions.onWarning
  | 'cache_failed'
  // a defect of ours: please report it
  | 'internal';
