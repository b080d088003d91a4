// The ranking as a CSV file that spreadsheets open as it is meant.

import { titleOf } from './goods.js';
import { toMajor } from './format.js';
import { TERMS } from './policy.js';

/** @typedef {import('goodsrank').RankedGood} RankedGood */

const COLUMNS = [
  'rank',
  'good_id',
  'title',
  'category',
  'supplier_id',
  'supplier',
  'price',
  'currency',
  'moq',
  'lead_time_days',
  'score_micronats',
  ...TERMS.map((term) => `${snake(term)}_micronats`),
  'unknown_terms',
  'risks',
  'why',
];

/** @param {string} name */
function snake(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * The rows as CSV, with the byte order mark by which Excel knows UTF-8. Parts of
 * the score stay whole micro-nats, so that they still add up.
 *
 * @param {Iterable<RankedGood>} goods
 * @param {object} page
 * @param {string} page.lang
 * @param {{ currency: string, exponent: number }} page.catalog
 * @param {(good: RankedGood) => string} page.why
 */
export function rankingCsv(goods, { lang, catalog, why }) {
  const lines = [COLUMNS];
  for (const good of goods) lines.push(row(good, lang, catalog, why(good)).map(cell));
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

/**
 * @param {RankedGood} good @param {string} lang
 * @param {{ currency: string, exponent: number }} catalog @param {string} why
 * @returns {(string | number | null)[]}
 */
function row(good, lang, catalog, why) {
  const price = good.price === null ? null : toMajor(good.price, catalog.exponent);
  return [
    good.rank,
    good.id,
    titleOf(good, lang),
    good.category,
    good.supplier && good.supplier.id,
    good.supplier && good.supplier.name,
    price,
    catalog.currency,
    good.moq,
    good.leadTimeDays,
    good.score,
    ...TERMS.map((term) => good.terms[term]),
    good.unknown.join(' '),
    good.risks.join(' '),
    why,
  ];
}

/**
 * One cell. A text that a spreadsheet would run as a formula gets an apostrophe
 * before it; a number of ours may start with a minus and stays a number.
 *
 * @param {string | number | null} value
 */
export function cell(value) {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A sales file to fill in: the columns, and two goods of this catalog as
 * examples.
 *
 * @param {{ id: string, titles: Record<string, string>, details: Record<string, string> }[]} examples
 * @param {string} lang
 */
export function templateCsv(examples, lang) {
  const rows = examples.map((good) => [good.id, titleOf(good, lang), 10, '2026-01-31']);
  const lines = [['good_id', 'title', 'quantity', 'at'], ...rows.map((r) => r.map(cell))];
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}
