/**
 * @typedef {import('../index.d.ts').GoodsRankErrorCode} Code
 */

/** Every error this package throws, a reason to abort excepted. */
export class GoodsRankError extends Error {
  /**
   * @param {Code} code stable, unlike the message
   * @param {string} message what was expected, what was found, what to do
   * @param {{ cause?: unknown }} [options]
   */
  constructor(code, message, options) {
    super(message, options);
    /** @type {'GoodsRankError'} */
    this.name = 'GoodsRankError';
    /** @type {Code} */
    this.code = code;
  }
}

/**
 * An error of a query, in the words of the Rust core.
 *
 * @param {string} field
 * @param {string} expected
 * @param {string} found
 */
export function badQuery(field, expected, found) {
  return new GoodsRankError(
    'bad_query',
    `bad query: ${field}: expected ${expected}, found ${found}`,
  );
}

/**
 * A match that another catalog made.
 *
 * @param {string} expected
 */
export function another(expected) {
  return badQuery('shop', expected, 'one of another catalog');
}

/**
 * @param {string} name what it is
 * @param {string} [why]
 */
export function closed(name, why = 'it was closed') {
  return new GoodsRankError('closed', `closed: ${name} cannot be used: ${why}; open it again`);
}

/**
 * What stands for a value in an error.
 *
 * @param {unknown} value
 */
export function shown(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return `a ${value.constructor?.name ?? 'object'}`;
  return String(value);
}

/**
 * The message of anything thrown.
 *
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
