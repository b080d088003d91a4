/**
 * The order of two texts by their bytes in UTF-8, which is that of their code
 * points and not of UTF-16.
 *
 * @param {string} a
 * @param {string} b
 */
export function byBytes(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    return /** @type {number} */ (a.codePointAt(i)) - /** @type {number} */ (b.codePointAt(i));
  }
  return a.length - b.length;
}
