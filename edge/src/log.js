/**
 * One line of JSON. Whoever calls gives it nothing that came in a body, a query
 * string or an error about them: those are the merchant's.
 *
 * @param {Record<string, string | number | null>} entry
 */
export function log(entry) {
  console.log(JSON.stringify({ at: new Date().toISOString(), ...entry }));
}
