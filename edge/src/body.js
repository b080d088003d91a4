// A body that nobody has reason to trust: so many bytes, in so much time, JSON
// of so little depth, lists of so many members.

import { Problem, badQuery } from './problem.js';

/** @typedef {import('./config.js').Config} Config */

/** Twice what a query needs. */
export const MAX_DEPTH = 8;

/** Of an object: four times what rules have. An object of very many is slow to hand over. */
export const MAX_FIELDS = 100;

/**
 * The body as an object.
 *
 * @param {Request} request
 * @param {Config} config
 * @returns {Promise<Record<string, unknown>>}
 */
export async function readBody(request, config) {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const found = type || 'none';
    throw new Problem('bad_media_type', `expected content-type application/json, found ${found}`);
  }
  const text = decode(await bytesOf(request, config));
  const depth = depthOf(text);
  if (depth > MAX_DEPTH) throw badJson(`lists and objects ${MAX_DEPTH} deep at most, found ${depth}`);
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badJson('an object, found another value');
  }
  checkLists('', value, config.maxItems);
  return value;
}

/**
 * Stops reading at the limit: what a header says is only a hint.
 *
 * @param {Request} request
 * @param {Config} config
 */
async function bytesOf(request, { maxBody, maxMs }) {
  if (Number(request.headers.get('content-length')) > maxBody) throw tooLarge(maxBody);
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks = [];
  let length = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Problem('slow_body', `expected the body within ${maxMs} ms`)), maxMs);
  });
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read().catch(lost), late]);
      if (done) return joined(chunks, length);
      length += value.length;
      if (length > maxBody) throw tooLarge(maxBody);
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => {});
  }
}

/** @param {Uint8Array[]} chunks @param {number} length */
function joined(chunks, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** @param {Uint8Array} bytes */
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badJson('UTF-8, found other bytes');
  }
}

/**
 * How deep lists and objects lie in each other; before parsing, which a deep one
 * would make expensive.
 *
 * @param {string} text
 */
export function depthOf(text) {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\') i++;
    else if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c === '{' || c === '[') deepest = Math.max(deepest, ++depth);
    else if (c === '}' || c === ']') depth--;
  }
  return deepest;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the body; this one does not.
    const [, field, found] = /"(\w{1,64})"\s*:\s*(NaN|-?Infinity|undefined)\b/.exec(text) ?? [];
    if (field && found) throw badJson(`a value that JSON has, found ${found} in ${field}`, field);
    throw badJson('JSON, found another text');
  }
}

/** @param {string} path @param {unknown} value @param {number} most */
function checkLists(path, value, most) {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    if (value.length > most) throw badQuery(path, `at most ${most} members`, String(value.length));
    return;
  }
  const fields = Object.entries(value);
  if (fields.length > MAX_FIELDS) {
    throw badQuery(path || 'query', `at most ${MAX_FIELDS} fields`, String(fields.length));
  }
  for (const [name, member] of fields) {
    checkLists(path ? `${path}.${name}` : name, member, most);
  }
}

/** Whoever sent it went away. @param {unknown} cause @returns {never} */
function lost(cause) {
  throw new Problem('bad_json', 'bad body: expected all of it, found its beginning', { cause });
}

/** @param {string} expected @param {string} [field] */
function badJson(expected, field) {
  return new Problem('bad_json', `bad body: expected ${expected}`, field ? { field } : {});
}

/** @param {number} maxBody */
function tooLarge(maxBody) {
  return new Problem('body_too_large', `expected a body of ${maxBody} bytes at most, found more`);
}
