// A worker for workerd: answers a shard with what the package says of it. FULL is
// whether the full module is there.

import { GoodsRank } from 'goodsrank';

import { digest } from './digest.mjs';

export default {
  async fetch(request) {
    const catalog = await GoodsRank.open(new Uint8Array(await request.arrayBuffer()));
    return Response.json({
      runtime: navigator.userAgent,
      digest: await digest(catalog, { users: FULL }),
    });
  },
};
