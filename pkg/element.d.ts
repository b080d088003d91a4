// The types of `goodsrank/element`. Written by hand, checked by `npm run types` here and in www.

/// <reference lib="dom" />

import type { GoodsRankErrorCode, RankedGood, Ranking } from './index.js';

/** Names of category paths by language: `{ 'food/tea': { 'zh-CN': '茶', en: 'Tea' } }`. */
export type CategoryNames = Record<string, Record<string, string>>;

/** The detail of `goods-rank-ranked`. Made from the merchant's sales: for the page alone. */
export interface RankedDetail {
  /** What was ranked. */
  ranking: Ranking;
  /** Its rows as they are shown, best first. */
  rows: RankedGood[];
}

/** The detail of `goods-rank-error`. The element shows the error as well. */
export interface ErrorDetail {
  /** That of a GoodsRankError; `spreadsheet` and `unreadable` are of a file that a merchant gave. */
  code: GoodsRankErrorCode | 'spreadsheet' | 'unreadable';
  /** What was expected, what was found, what to do. */
  message: string;
  /** What was thrown. */
  error: unknown;
}

/** The detail of `goods-rank-select`. */
export interface SelectDetail {
  /** The good whose details were opened. */
  good: RankedGood;
}

/** The element's own events by name. They bubble and are composed. */
export interface GoodsRankEventMap {
  /** After every ranking. */
  'goods-rank-ranked': CustomEvent<RankedDetail>;
  /** After every failure. */
  'goods-rank-error': CustomEvent<ErrorDetail>;
  /** When a good's details are opened. */
  'goods-rank-select': CustomEvent<SelectDetail>;
}

/**
 * `<goods-rank>`: the merchant's page as a custom element. Importing the entry defines it
 * where there is a registry; on a server importing does nothing.
 *
 * The slot `header` takes the place of name and tagline. Parts, for `::part()`: `page`
 * `header` `shop` `shop-field` `drop` `unmatched` `filters` `policy` `channel` `diversity`
 * `feedback` `results` `list` `good` `title` `why` `bar` `detail` `empty` `error`.
 *
 * Design tokens are CSS custom properties of the element, each with a default for light and
 * for dark: `--gr-font` `--gr-mono` font families; `--gr-bg` `--gr-surface` `--gr-sunken`
 * `--gr-raised` grounds; `--gr-ink` `--gr-ink-2` `--gr-muted` text, from strong to weak;
 * `--gr-line` `--gr-edge` hairlines and borders; `--gr-accent` `--gr-accent-ink`
 * `--gr-accent-soft` what can be done, the text on it, its tint; `--gr-fit`
 * `--gr-temperature` `--gr-price-fit` `--gr-trend` `--gr-earnings` `--gr-supply`
 * `--gr-trust` bars; `--gr-radius` corners.
 */
export class GoodsRankElement extends HTMLElement {
  /** Attribute `src`: a manifest or a shard, relative to the page. Default `./shards/manifest.json`. */
  src: string;
  /**
   * Attribute `lang`: `zh-CN` or `en`. Left out, what the merchant chose before, then the
   * browser's languages, then English.
   */
  lang: string;
  /** Attribute `shop`: id of the public shop to begin with. Left out, the first. */
  shop: string;
  /** Attribute `theme`: `light` or `dark`. Left out, the system's. */
  theme: string;
  /** A property alone. A path without a name is shown by its own words. */
  categoryNames: CategoryNames;
  /** As of every element, with the element's own events. */
  addEventListener<K extends keyof GoodsRankEventMap>(
    type: K,
    listener: (this: GoodsRankElement, event: GoodsRankEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  /** As of every element, with the element's own events. */
  removeEventListener<K extends keyof GoodsRankEventMap>(
    type: K,
    listener: (this: GoodsRankElement, event: GoodsRankEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'goods-rank': GoodsRankElement;
  }
}
