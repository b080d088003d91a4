// Errors as application/problem+json (RFC 9457): those of the engine under their
// own codes, and those of a worker.

import { GoodsRankError } from 'goodsrank/full';

const TYPE = 'https://github.com/goodsrank/goodsrank/blob/main/edge/README.md#';

/** By code: status and title. @type {Record<string, [number, string]>} */
export const PROBLEMS = {
  // the caller is at fault
  bad_json: [400, 'The body is not JSON'],
  bad_query: [400, 'The query is wrong'],
  bad_policy: [400, 'The policy is wrong'],
  bad_csv: [400, 'The CSV is wrong'],
  no_token: [401, 'A bearer token is missing'],
  bad_token: [401, 'The token is not valid here'],
  expired_token: [401, 'The token has expired'],
  missing_scope: [403, 'The token does not allow this'],
  bad_origin: [403, 'The origin is not allowed'],
  not_found: [404, 'There is no such address'],
  no_catalog: [404, 'The tenant has no catalog'],
  bad_method: [405, 'The method is not allowed'],
  slow_body: [408, 'The body came too slowly'],
  body_too_large: [413, 'The body is too large'],
  bad_media_type: [415, 'The body is of another type'],
  unknown_shop: [422, 'The shop is not public'],
  unknown_good: [422, 'The catalog has no such good'],
  not_searchable: [422, 'The catalog cannot be searched'],
  // the file is, or who serves it
  not_a_shard: [502, 'The shard is no shard'],
  truncated: [502, 'The shard is cut short'],
  damaged: [502, 'The shard is damaged'],
  bad_manifest: [502, 'The manifest is wrong'],
  fetch_failed: [502, 'The shard cannot be fetched'],
  unsupported: [501, 'The catalog needs what this version lacks'],
  shard_too_large: [503, 'The shard is over the budget'],
  limit: [503, 'A limit of the engine was reached'],
  timeout: [504, 'The shard took too long'],
  // the deployment is, or we are
  misconfigured: [500, 'The worker is not set up'],
  no_keys: [503, "The issuer's keys cannot be fetched"],
  closed: [500, 'The catalog was closed'],
  wasm_failed: [500, 'The engine did not start'],
  internal: [500, 'A defect of ours'],
};

/** What goes to the caller in place of an answer. */
export class Problem extends Error {
  /**
   * @param {string} code of PROBLEMS
   * @param {string} detail what was expected, what was found
   * @param {{ field?: string, headers?: Record<string, string>, cause?: unknown }} [more]
   */
  constructor(code, detail, { field, headers = {}, cause } = {}) {
    super(detail, { cause });
    this.name = 'Problem';
    this.code = code;
    this.field = field;
    this.headers = headers;
    const [status, title] = PROBLEMS[code] ?? [500, 'A defect of ours'];
    this.status = status;
    this.title = title;
  }

  response() {
    const { code, title, status, message: detail, field } = this;
    const body = { type: TYPE + code, title, status, detail, code, ...(field && { field }) };
    return new Response(JSON.stringify(body), {
      status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        ...this.headers,
      },
    });
  }
}

/**
 * The problem that anything thrown is. What nobody foresaw is told to nobody
 * but the log, which has its name.
 *
 * @param {unknown} error
 */
export function problemOf(error) {
  if (error instanceof Problem) return error;
  if (error instanceof GoodsRankError && error.code in PROBLEMS) {
    const field = fieldOf(error);
    return new Problem(error.code, error.message, { cause: error, ...(field && { field }) });
  }
  return new Problem('internal', 'internal error; please report it', { cause: error });
}

/**
 * An error of a query, in the words of the engine.
 *
 * @param {string} field
 * @param {string} expected
 * @param {string} found
 */
export function badQuery(field, expected, found) {
  return new Problem('bad_query', `bad query: ${field}: expected ${expected}, found ${found}`, {
    field,
  });
}

/** @param {GoodsRankError} error */
function fieldOf({ code, message }) {
  const [, weight] = /^bad policy: weight (\w+):/.exec(message) ?? [];
  if (weight) return `policy.${weight}`;
  if (code === 'bad_policy') return 'policy';
  const [, field] = /^bad query: ([\w.[\]]+):/.exec(message) ?? [];
  const [, other] = /, found the field (.+?)(?: at index \d+)?$/.exec(message) ?? [];
  if (!field || !other) return field;
  return field === 'query' || field === 'options' ? other : `${field}.${other}`;
}
