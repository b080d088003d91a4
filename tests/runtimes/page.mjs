// Posts what the package answers in a browser, or why it does not.

import { digest } from './digest.mjs';

const { entry, publicKey } = Object.fromEntries(new URL(location.href).searchParams);
try {
  const { GoodsRank } = await import(entry);
  const catalog = await GoodsRank.open('/shards/manifest.json', { publicKey });
  const users = entry === 'goodsrank/full';
  await post({ runtime: navigator.userAgent, digest: await digest(catalog, { users }) });
} catch (error) {
  await post({ error: String(error) });
}

function post(found) {
  return fetch('/', { method: 'POST', body: JSON.stringify(found) });
}
