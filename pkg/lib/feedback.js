import { badQuery, shown } from './error.js';

/**
 * @typedef {import('../index.d.ts').Feedback} Feedback
 * @typedef {import('../index.d.ts').Query} Query
 */

// As the core has them; a test holds the two to be the same.
const REASONS = [
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
const ACTION = 'listed, saved or notForMe';
const REASON = `with notForMe ${REASONS.slice(0, -1).join(', ')} or other, and none with the others`;
const ENTRY = 'objects with the fields good, action and reason at most';

/**
 * The query as the core takes it: what was said of goods as CSV, which it reads
 * in any case.
 *
 * @param {Query} query
 */
export function withFeedback(query) {
  const feedback = query?.feedback;
  if (feedback === undefined || feedback === null || typeof feedback === 'string') return query;
  if (!Array.isArray(feedback)) {
    throw badQuery('feedback', 'a list of feedback or the text of a CSV file', shown(feedback));
  }
  return { ...query, feedback: feedbackCsv(feedback) };
}

/** @param {Feedback[]} list */
function feedbackCsv(list) {
  return `good_id,action,reason\n${list.map(line).join('')}`;
}

/** @param {unknown} entry @param {number} i */
function line(entry, i) {
  const { good, action, reason, ...others } = /** @type {Record<string, unknown>} */ (entry ?? {});
  const [other] = Object.keys(others);
  if (other !== undefined) throw badQuery('feedback', ENTRY, `the field ${other} at index ${i}`);
  if (typeof good !== 'string' || good === '') throw wrong('good', 'an id', good, i);
  if (action !== 'listed' && action !== 'saved' && action !== 'notForMe') {
    throw wrong('action', ACTION, action, i);
  }
  const said = reason ?? '';
  const fits = said === '' || (action === 'notForMe' && REASONS.includes(String(said)));
  if (!fits) throw wrong('reason', REASON, reason, i);
  return `"${good.replaceAll('"', '""')}",${action},${said}\n`;
}

/** @param {string} field @param {string} expected @param {unknown} found @param {number} i */
function wrong(field, expected, found, i) {
  return badQuery(`feedback[].${field}`, expected, `${shown(found)} at index ${i}`);
}
