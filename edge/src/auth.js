// Who asks: a bearer token, RFC 6750, that names a tenant and its scopes.

import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose';

import { Problem } from './problem.js';

/**
 * @typedef {import('./config.js').Config} Config
 * @typedef {{ tenant: string, scopes: string[] }} Caller
 */

/** Whose shards are served where no token is asked for. */
export const PUBLIC_TENANT = 'public';

/** What a folder may be called, so that no tenant reaches another's. */
const TENANT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Of public keys; a secret takes HS256 and nothing else, so that no key is taken for one. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];

/** Clocks differ. */
const TOLERANCE_SECONDS = 5;

/**
 * For how long a token that was found good is taken for good by its text alone,
 * unless it expires before: a caller sends the same one with every request. A
 * key that the issuer withdraws is thus honoured so much longer.
 */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 1000;

/** @type {WeakMap<Config, import('jose').JWTVerifyGetKey | Uint8Array>} */
const keys = new WeakMap();

/** The oldest first. @type {WeakMap<Config, Map<string, { payload: import('jose').JWTPayload, until: number }>>} */
const remembered = new WeakMap();

/**
 * @param {Request} request
 * @param {Config} config
 * @param {string[]} scopes of which the token must have one
 * @returns {Promise<Caller>}
 */
export async function authenticate(request, config, scopes) {
  if (!config.jwt) return { tenant: PUBLIC_TENANT, scopes };
  const token = tokenOf(request);
  const caller = callerOf(known(token, config) ?? (await verified(token, config, config.jwt)));
  if (!scopes.some((scope) => caller.scopes.includes(scope))) throw missing(scopes);
  return caller;
}

/** @param {Request} request */
function tokenOf(request) {
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (token) return token;
  throw new Problem('no_token', 'expected the header Authorization: Bearer, with a JWT', {
    headers: { 'www-authenticate': 'Bearer realm="goodsrank"' },
  });
}

/**
 * @param {string} token
 * @param {Config} config
 * @param {NonNullable<Config['jwt']>} jwt
 */
async function verified(token, config, { issuer, audience, secret }) {
  const key = keyOf(config);
  const options = {
    issuer,
    audience,
    algorithms: secret ? ['HS256'] : ALGORITHMS,
    requiredClaims: ['exp'],
    clockTolerance: TOLERANCE_SECONDS,
  };
  try {
    // One call a kind of key, because jose declares one overload a kind.
    const { payload } = await (key instanceof Uint8Array
      ? jwtVerify(token, key, options)
      : jwtVerify(token, key, options));
    remember(token, config, payload);
    return payload;
  } catch (cause) {
    throw refused(cause);
  }
}

/**
 * What a token says that was verified a moment ago.
 *
 * @param {string} token
 * @param {Config} config
 */
function known(token, config) {
  const found = remembered.get(config)?.get(token);
  return found && found.until > Date.now() ? found.payload : null;
}

/** @param {string} token @param {Config} config @param {import('jose').JWTPayload} payload */
function remember(token, config, payload) {
  const tokens = remembered.get(config) ?? new Map();
  remembered.set(config, tokens);
  const { exp = 0 } = payload;
  tokens.delete(token);
  tokens.set(token, { payload, until: Math.min(Date.now() + REMEMBERED_MS, 1000 * exp) });
  if (tokens.size > MOST_REMEMBERED) tokens.delete(tokens.keys().next().value);
}

/** @param {Config} config */
function keyOf(config) {
  let key = keys.get(config);
  if (!key) {
    key = keyFrom(/** @type {NonNullable<Config['jwt']>} */ (config.jwt));
    keys.set(config, key);
  }
  return key;
}

/** @param {NonNullable<Config['jwt']>} jwt */
function keyFrom({ secret, jwks, jwksUrl }) {
  if (secret) return new TextEncoder().encode(secret);
  if (jwksUrl) return createRemoteJWKSet(new URL(jwksUrl));
  try {
    return createLocalJWKSet(JSON.parse(jwks));
  } catch (cause) {
    throw new Problem('misconfigured', 'misconfigured: JWT_JWKS: expected a JSON Web Key Set, found another text', { cause });
  }
}

/** @param {unknown} cause */
function refused(cause) {
  if (cause instanceof errors.JWTExpired) {
    return unauthorized('expired_token', 'the token has expired; get another', cause);
  }
  if (cause instanceof errors.JWTClaimValidationFailed) {
    return unauthorized('bad_token', `the token's claim ${cause.claim} is not what is expected here`, cause);
  }
  if (isOfKeys(cause)) {
    return new Problem('no_keys', "the issuer's keys cannot be fetched; try again", { cause });
  }
  return unauthorized('bad_token', 'the token is no JWT that the issuer signed for this', cause);
}

/**
 * Whether fetching keys failed, and not the token: of jose's errors the plain
 * ones, and whatever fetch throws.
 *
 * @param {unknown} cause
 */
function isOfKeys(cause) {
  if (cause instanceof errors.JWKSTimeout || cause instanceof errors.JWKSInvalid) return true;
  return !(cause instanceof errors.JOSEError) || cause.code === 'ERR_JOSE_GENERIC';
}

/** @param {string} code @param {string} detail @param {unknown} [cause] */
function unauthorized(code, detail, cause) {
  return new Problem(code, detail, {
    headers: { 'www-authenticate': `Bearer realm="goodsrank", error="invalid_token", error_description="${detail}"` },
    cause,
  });
}

/** @param {import('jose').JWTPayload} payload @returns {Caller} */
function callerOf({ tenant, scope }) {
  if (typeof tenant !== 'string' || !TENANT.test(tenant)) {
    throw unauthorized('bad_token', "the token's claim tenant is not what is expected here");
  }
  return { tenant, scopes: typeof scope === 'string' ? scope.split(' ') : [] };
}

/** @param {string[]} scopes */
function missing(scopes) {
  const wanted = scopes.join(' or ');
  return new Problem('missing_scope', `expected a token with the scope ${wanted}`, {
    headers: {
      'www-authenticate': `Bearer realm="goodsrank", error="insufficient_scope", scope="${scopes.join(' ')}"`,
    },
  });
}
