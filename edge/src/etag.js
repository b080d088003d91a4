/**
 * A JSON answer to a GET under the hash of its bytes, or 304 to whoever has it.
 *
 * @param {Request} request
 * @param {string} body
 * @param {Record<string, string>} headers
 */
export async function conditional(request, body, headers) {
  const etag = await etagOf(body);
  const all = { ...headers, etag };
  if (has(request.headers.get('if-none-match') ?? '', etag)) {
    return new Response(null, { status: 304, headers: all });
  }
  return new Response(request.method === 'HEAD' ? null : body, { headers: all });
}

/** @param {string} body */
async function etagOf(body) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
  return `"${btoa(String.fromCharCode(...new Uint8Array(digest, 0, 15)))}"`;
}

/**
 * Weakly, as RFC 9110 compares for this header: a proxy that compressed the
 * answer marks the tag so.
 *
 * @param {string} header
 * @param {string} etag
 */
function has(header, etag) {
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
