// A server on this machine that answers as a test says.

import { createServer } from 'node:http';

/**
 * Serves while `use` runs. An answer is bytes, or a function of request and
 * response; what it does not know is a 404.
 *
 * @param {Record<string, Uint8Array | string | ((request, response) => void)>} answers by path
 * @param {(address: string) => Promise<void>} use
 */
export async function serving(answers, use) {
  const server = createServer((request, response) => {
    const answer = answers[new URL(request.url, 'http://x').pathname];
    if (typeof answer === 'function') return answer(request, response);
    if (answer === undefined) response.statusCode = 404;
    response.end(answer);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
