// The entry for Cloudflare Workers, which compile no bytes: the bundler hands
// the module over compiled.

import module from 'goodsrank/goodsrank.wasm';

import { host } from './lib/host.js';

host.locate = () => module;

export * from './index.js';
