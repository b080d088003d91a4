import { GoodsRankError } from './error.js';

/**
 * A shard as a manifest names it.
 *
 * @typedef {object} Entry
 * @property {string} file beside the manifest
 * @property {number} bytes
 * @property {string} hash BLAKE3, 64 hex digits
 * @property {string} head the hash in its header, likewise
 * @property {number} textStart where its texts start
 * @property {any} [deltas] not looked at before one is of use
 * @property {number} goods of its own; not checked, as few need it
 * @property {string[]} categories that they may be of, each with what lies below; likewise
 */

const SCHEMA = 1;

/**
 * The shards of a catalog.
 *
 * @param {string} text
 * @param {string} place of the manifest, for errors
 * @returns {Entry[]}
 */
export function readManifest(text, place) {
  const manifest = parse(text, place);
  if (manifest.schema !== SCHEMA) {
    if (typeof manifest.schema !== 'number') throw bad(place, `"schema": ${SCHEMA}`, 'none');
    throw unsupported(place, `schema ${SCHEMA}`, `schema ${manifest.schema}`);
  }
  const shards = manifest.shards;
  if (!Array.isArray(shards) || shards.length === 0) throw bad(place, 'a list of shards', 'none');
  return shards.map((shard) => entry(shard, place));
}

/**
 * Ids of the goods that a manifest withdraws.
 *
 * @param {string} text
 * @param {string} place of the manifest, for errors
 * @returns {string[]}
 */
export function withdrawnBy(text, place) {
  const { withdrawn = [] } = parse(text, place);
  if (Array.isArray(withdrawn) && withdrawn.every((id) => typeof id === 'string')) return withdrawn;
  throw bad(place, 'a list of withdrawn ids', 'another value');
}

/**
 * @param {string} text
 * @param {string} place
 * @returns {Record<string, unknown>}
 */
function parse(text, place) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad(place, 'JSON', text.trimStart().startsWith('<') ? 'HTML' : 'another text');
  }
  if (typeof value !== 'object' || value === null) throw bad(place, 'an object', 'another value');
  return value;
}

/**
 * @param {any} shard
 * @param {string} place
 * @returns {Entry}
 */
function entry(shard, place) {
  const { file, bytes, hash, head, text_start: textStart, deltas, goods, categories } = shard ?? {};
  if (typeof file !== 'string' || !/^[\w.-]+\.grs$/.test(file)) {
    throw bad(place, 'a file name that ends in .grs', JSON.stringify(file) ?? 'none');
  }
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw bad(place, `the bytes of ${file}`, 'none');
  if (!/^[0-9a-f]{64}$/.test(hash)) throw bad(place, `the hash of ${file}`, 'none');
  if (!/^[0-9a-f]{64}$/.test(head)) throw bad(place, `the hash of the header of ${file}`, 'none');
  if (!Number.isSafeInteger(textStart) || textStart < 0 || textStart > bytes) {
    throw bad(place, `where the texts of ${file} start`, 'none');
  }
  return { file, bytes, hash, head, textStart, goods, categories, ...(deltas && { deltas }) };
}

/**
 * @param {string} place
 * @param {string} expected
 * @param {string} found
 */
export function bad(place, expected, found) {
  return new GoodsRankError(
    'bad_manifest',
    `bad manifest: ${place}: expected ${expected}, found ${found}; give the manifest.json that ` +
      '`goodsrank build` wrote',
  );
}

/**
 * @param {string} place
 * @param {string} expected
 * @param {string} found
 */
function unsupported(place, expected, found) {
  return new GoodsRankError(
    'unsupported',
    `unsupported manifest: ${place}: this version reads ${expected}, found ${found}; update ` +
      'goodsrank, or name one of its .grs files',
  );
}
