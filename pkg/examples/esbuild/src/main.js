// esbuild copies no file that only `new URL` names: the loader gives its address.
import wasm from 'goodsrank/goodsrank.wasm';
import { GoodsRank, init } from 'goodsrank/slim';

await init(wasm);
const catalog = await GoodsRank.open('/shards/manifest.json');
const shop = [{ good: 'G0000017', quantity: 12 }, { good: 'G0000231' }];
const list = document.querySelector('ol');
for (const { titles } of catalog.rank({ shop, limit: 10 })) {
  list.append(Object.assign(document.createElement('li'), { textContent: titles.title }));
}
catalog.close();
