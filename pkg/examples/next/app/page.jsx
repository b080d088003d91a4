'use client';

import { GoodsRank } from 'goodsrank';
import { useEffect, useState } from 'react';

const shop = [{ good: 'G0000017', quantity: 12 }, { good: 'G0000231' }];

export default function Page() {
  const [titles, setTitles] = useState([]);
  useEffect(() => {
    const stop = new AbortController();
    first(stop.signal).then(setTitles, (error) => stop.signal.aborted || console.error(error));
    return () => stop.abort();
  }, []);
  return (
    <ol>
      {titles.map((title) => (
        <li key={title}>{title}</li>
      ))}
    </ol>
  );
}

async function first(signal) {
  const catalog = await GoodsRank.open('/shards/manifest.json', { signal });
  const titles = Array.from(catalog.rank({ shop, limit: 10 }), ({ titles }) => titles.title);
  catalog.close();
  return titles;
}
