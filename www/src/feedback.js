// What the merchant said of goods, kept on this device, a list for each catalog.
// The list is all there is: what it makes of the weights is worked out anew with
// every ranking, so taking an entry out undoes it without a trace.

import { cell } from './csv-export.js';
import { TERMS } from './policy.js';

/**
 * @typedef {import('goodsrank').Feedback} Feedback
 * @typedef {import('goodsrank').FeedbackReason} Reason
 * @typedef {import('goodsrank').TermName} TermName
 * @typedef {import('./policy.js').Weights} Weights
 * @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} Store
 */

/** As they are offered. @type {Reason[]} */
export const REASONS = [
  'price',
  'margin',
  'tooManySellers',
  'moq',
  'leadTime',
  'quality',
  'returns',
  'risk',
  'notMyCustomers',
  'other',
];

/** The device keeps nothing more, or nothing at all; the page goes on with what it has. */
export class StoreError extends Error {
  /**
   * @param {'storage_full' | 'storage_blocked'} code
   * @param {unknown} cause
   */
  constructor(code, cause) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = code;
  }
}

/**
 * What was said of a catalog's goods, in order.
 *
 * @param {() => Store} storage asking for it may throw
 * @param {string} key
 * @returns {Feedback[]} none where the device keeps none that can be read
 */
export function recall(storage, key) {
  try {
    const list = JSON.parse(storage().getItem(key) ?? '[]');
    return Array.isArray(list) ? list.filter(isFeedback) : [];
  } catch {
    return [];
  }
}

/**
 * Keeps the list; an empty one leaves nothing behind.
 *
 * @param {() => Store} storage @param {string} key @param {Feedback[]} list
 */
export function keep(storage, key, list) {
  try {
    if (list.length === 0) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(list));
  } catch (error) {
    const full = error instanceof Error && /quota/i.test(error.name);
    throw new StoreError(full ? 'storage_full' : 'storage_blocked', error);
  }
}

/** @param {any} entry */
function isFeedback(entry) {
  if (typeof entry?.good !== 'string' || entry.good === '') return false;
  if (entry.action !== 'notForMe') return entry.action === 'listed' || entry.action === 'saved';
  return entry.reason === undefined || REASONS.includes(entry.reason);
}

/**
 * The last that was said of each good, newest first: what counts.
 *
 * @param {Feedback[]} list
 */
export function standing(list) {
  const last = new Map(list.map((entry) => [entry.good, entry]));
  return list.filter((entry) => last.get(entry.good) === entry).reverse();
}

/**
 * Whether the last that was said of a good is that it is saved.
 *
 * @param {Feedback[]} list @param {string} good
 */
export function isSaved(list, good) {
  return list.filter((entry) => entry.good === good).pop()?.action === 'saved';
}

/**
 * The list as CSV, as `goodsrank rank --feedback` takes it.
 *
 * @param {Feedback[]} list @param {(id: string) => string} title
 */
export function feedbackCsv(list, title) {
  const rows = list.map(({ good, action, reason = '' }) => [good, title(good), action, reason]);
  const lines = [['good_id', 'title', 'action', 'reason'], ...rows.map((row) => row.map(cell))];
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

/**
 * The weights that differ, what was moved most first.
 *
 * @param {Weights} before @param {Weights} after
 * @returns {{ term: TermName, from: number, to: number }[]}
 */
export function movedWeights(before, after) {
  const moved = TERMS.map((term) => ({ term, from: before[term], to: after[term] }));
  const ratio = (/** @type {{ from: number, to: number }} */ { from, to }) =>
    from === 0 ? Infinity : Math.abs(Math.log(to / from));
  return moved.filter(({ from, to }) => from !== to).sort((a, b) => ratio(b) - ratio(a));
}
