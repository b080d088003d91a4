// Who signed a manifest: asked before anything that the manifest names.

import { GoodsRankError, badQuery, shown } from './error.js';
import { request, text } from './http.js';

/**
 * @typedef {import('./store.js').Manifest} Manifest
 */

/** Goes before the manifest, so that a signature of something else never fits. */
const DOMAIN = 'goodsrank manifest 1\n';
const MAX_LINES = 8;
const ED25519 = { name: 'Ed25519' };

/** Signatures by one key. */
export class Signatures {
  #key;
  #shown;

  /** @param {CryptoKey} key @param {string} shown in errors */
  constructor(key, shown) {
    this.#key = key;
    this.#shown = shown;
  }

  /**
   * @param {string | Uint8Array} publicKey
   * @param {import('../index.d.ts').ShardSource} source refused where no manifest can be
   */
  static async by(publicKey, source) {
    if (!(source instanceof URL)) throw noManifest('bytes');
    if (source.pathname.endsWith('.grs')) throw noManifest(shown(source.href));
    const bytes = typeof publicKey === 'string' ? decoded(publicKey) : publicKey;
    if (!(bytes instanceof Uint8Array) || bytes.length !== 32) throw noKey(publicKey);
    const subtle = globalThis.crypto?.subtle;
    if (!subtle) throw unsupported('none; serve the page by https');
    try {
      const raw = Uint8Array.from(bytes);
      const key = await subtle.importKey('raw', raw, ED25519, false, ['verify']);
      return new Signatures(key, btoa(String.fromCharCode(...bytes)));
    } catch (cause) {
      // What no runtime's WebCrypto has to know, as opposed to a key that is none.
      const known = /** @type {DOMException} */ (cause).name === 'DataError';
      throw known ? noKey(publicKey) : unsupported('one without it; update the browser or runtime', cause);
    }
  }

  /**
   * What is no manifest.
   *
   * @param {Response} response
   * @param {URL} url
   */
  refuse(response, url) {
    response.body?.cancel().catch(() => {});
    throw noManifest(shown(url.href));
  }

  /**
   * The manifest with its signature, or why it has none that is right.
   *
   * @param {Manifest} manifest
   * @param {import('./http.js').Asking} asking
   * @returns {Promise<Manifest>}
   */
  async fetched(manifest, asking) {
    const url = new URL(manifest.base);
    url.pathname += '.sig';
    // In one line, as a header can keep it.
    const signature = (await file(url, asking)).trim().replace(/\s+/g, ' ');
    const lines = signature.split(' ').map(decoded);
    if (lines.length > MAX_LINES || !lines.every((line) => line?.length === 64)) {
      const found = signature.startsWith('<') ? 'HTML' : signature === '' ? 'nothing' : 'another text';
      throw bad(url, `64 bytes in base64 a line, 1 to ${MAX_LINES} lines`, `found ${found}; ${SIGN}`);
    }
    const signed = { ...manifest, signature };
    if (await this.holds(signed)) return signed;
    throw bad(
      url,
      `a signature of this manifest by the key ${this.#shown}`,
      `found another key's or of another manifest; ${SIGN}, or open with the key that it is signed by`,
    );
  }

  /**
   * Whether a manifest's signature is right.
   *
   * @param {Manifest} manifest
   */
  async holds({ text, signature = '' }) {
    const message = new TextEncoder().encode(DOMAIN + text);
    for (const line of signature.split(' ').map(decoded)) {
      if (line?.length === 64 && (await crypto.subtle.verify(ED25519, this.#key, line, message))) return true;
    }
    return false;
  }
}

const SIGN = 'sign the catalog again with `goodsrank sign`';

/**
 * @param {URL} url
 * @param {import('./http.js').Asking} asking
 */
async function file(url, asking) {
  try {
    const { response, url: from } = await request(url, asking);
    return await text(response, from, asking.signal);
  } catch (error) {
    const cause = /** @type {any} */ (error)?.cause;
    if (cause?.status !== 404 && cause?.code !== 'ENOENT') throw error;
    throw bad(
      url,
      'the signature of the manifest',
      'found none; sign the catalog with `goodsrank sign`, and publish manifest.json.sig beside it',
    );
  }
}

/**
 * @param {string} base64
 * @returns {Uint8Array<ArrayBuffer> | null}
 */
function decoded(base64) {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** @param {string} found */
function noManifest(found) {
  return badQuery('source', 'a manifest, which is what publicKey vouches for', found);
}

/** @param {unknown} found */
function noKey(found) {
  const expected = 'an Ed25519 public key: 32 bytes, or as base64, which `goodsrank keygen` prints';
  const length = found instanceof Uint8Array ? `${found.length} bytes` : shown(found);
  return badQuery('publicKey', expected, length);
}

/** @param {string} found @param {unknown} [cause] */
function unsupported(found, cause) {
  return new GoodsRankError(
    'unsupported',
    `unsupported: publicKey needs a WebCrypto with Ed25519, found ${found}`,
    { cause },
  );
}

/** @param {URL} url @param {string} expected @param {string} found */
function bad(url, expected, found) {
  return new GoodsRankError('bad_signature', `bad signature: ${url}: expected ${expected}, ${found}`);
}
