import { Problem } from './problem.js';

/**
 * What a deployment sets; the table in README.md says what each means.
 *
 * @typedef {Record<string, unknown> & { SHARDS?: unknown }} Env
 *
 * @typedef {object} Config
 * @property {unknown} shards a bucket, static assets or an address
 * @property {string} prefix of every key
 * @property {string | undefined} publicKey that catalogs must be signed by
 * @property {{ issuer: string, audience: string, secret: string, jwks: string, jwksUrl: string } | null} jwt
 *   null where no token is asked for
 * @property {string[]} origins
 * @property {number} maxBody bytes
 * @property {number} maxLimit rows
 * @property {number} maxItems members of a list
 * @property {number} maxMs
 * @property {number} budget bytes of shards
 * @property {number} texts bytes of unpacked texts
 * @property {number} refreshMs
 */

/** By variable: its default, least and greatest. @type {Record<string, [number, number, number]>} */
export const NUMBERS = {
  MAX_BODY_BYTES: [1 << 20, 1, 100 << 20],
  MAX_LIMIT: [1000, 1, 10_000],
  MAX_ITEMS: [10_000, 1, 1_000_000],
  MAX_MS: [10_000, 1, 600_000],
  SHARD_BYTES: [64 << 20, 1, 2 ** 31 - 1],
  TEXT_BYTES: [32 << 20, 0, 2 ** 31 - 1],
  REFRESH_SECONDS: [60, 0, 86_400],
};

/** @type {WeakMap<Env, Config>} */
const known = new WeakMap();

/**
 * @param {Env} env
 * @returns {Config}
 */
export function configOf(env) {
  let config = known.get(env);
  if (!config) {
    config = read(env);
    known.set(env, config);
  }
  return config;
}

/** @param {Env} env @returns {Config} */
function read(env) {
  if (!env.SHARDS) throw wrong('SHARDS', 'a bucket, static assets or an address', 'none');
  return {
    shards: env.SHARDS,
    prefix: text(env, 'SHARDS_PREFIX'),
    publicKey: keyOf(env),
    jwt: jwtOf(env),
    origins: text(env, 'CORS_ORIGINS').split(',').map((origin) => origin.trim()).filter(Boolean),
    maxBody: number(env, 'MAX_BODY_BYTES'),
    maxLimit: number(env, 'MAX_LIMIT'),
    maxItems: number(env, 'MAX_ITEMS'),
    maxMs: number(env, 'MAX_MS'),
    budget: number(env, 'SHARD_BYTES'),
    texts: number(env, 'TEXT_BYTES'),
    refreshMs: 1000 * number(env, 'REFRESH_SECONDS'),
  };
}

/**
 * Open to all only where that is asked for: what was forgotten shuts.
 *
 * @param {Env} env
 */
function jwtOf(env) {
  const auth = text(env, 'AUTH') || 'jwt';
  if (auth === 'none') return null;
  if (auth !== 'jwt') throw wrong('AUTH', 'jwt or none', auth);
  const [secret, jwks, jwksUrl] = [text(env, 'JWT_SECRET'), text(env, 'JWT_JWKS'), text(env, 'JWT_JWKS_URL')];
  const keys = [secret, jwks, jwksUrl].filter(Boolean).length;
  if (keys !== 1) throw wrong('AUTH', 'one of JWT_SECRET, JWT_JWKS and JWT_JWKS_URL', String(keys));
  // As RFC 7518 wants it of HS256; a guess at a shorter one is a matter of time.
  if (secret && new TextEncoder().encode(secret).length < 32) {
    throw wrong('JWT_SECRET', 'at least 32 bytes', 'fewer');
  }
  if (jwksUrl && !URL.canParse(jwksUrl)) throw wrong('JWT_JWKS_URL', 'an address', 'another text');
  return { issuer: needed(env, 'JWT_ISSUER'), audience: needed(env, 'JWT_AUDIENCE'), secret, jwks, jwksUrl };
}

/** @param {Env} env */
function keyOf(env) {
  const key = text(env, 'PUBLIC_KEY');
  // 32 bytes in base64.
  if (key === '' || /^[\w+/]{43}=$/.test(key)) return key || undefined;
  throw wrong('PUBLIC_KEY', 'the line that `goodsrank keygen` prints', 'another text');
}

/** @param {Env} env @param {string} name */
function text(env, name) {
  const value = env[name] ?? '';
  if (typeof value !== 'string') throw wrong(name, 'a text', typeof value);
  return value;
}

/** @param {Env} env @param {string} name */
function needed(env, name) {
  const value = text(env, name);
  if (!value) throw wrong(name, 'a text', 'none');
  return value;
}

/** @param {Env} env @param {string} name */
function number(env, name) {
  const [or, least, most] = /** @type {[number, number, number]} */ (NUMBERS[name]);
  const given = env[name] ?? '';
  if (given === '') return or;
  const value = Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrong(name, `a whole number from ${least} to ${most}`, String(given));
}

/** @param {string} name @param {string} expected @param {string} found */
function wrong(name, expected, found) {
  return new Problem('misconfigured', `misconfigured: ${name}: expected ${expected}, found ${found}`);
}
