// Run by Node, Deno and Bun with the path of a manifest and who signed it: prints which of them it
// is, the entry it was given, and what the package answers.

import { GoodsRank } from 'goodsrank';

import { digest } from './digest.mjs';

const { Bun, Deno, process } = globalThis;
const runtime = Deno ? `Deno ${Deno.version.deno}` : Bun ? `Bun ${Bun.version}` : `Node ${process.versions.node}`;
const entry = import.meta.resolve('goodsrank').split('/').at(-1);
const catalog = await GoodsRank.open(process.argv[2], { publicKey: process.argv[3] });
console.log(JSON.stringify({ runtime, entry, digest: await digest(catalog) }));
