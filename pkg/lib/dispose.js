/**
 * The name of the method that `using` calls. Where a runtime does not have it
 * yet, the symbol that polyfills agree on.
 *
 * @type {typeof Symbol.dispose}
 */
export const dispose =
  Symbol.dispose ?? /** @type {typeof Symbol.dispose} */ (Symbol.for('Symbol.dispose'));
