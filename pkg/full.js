// As browser.js, with the module that can also measure a merchant's own users.

// Runs first, so that of a page that imports both this entry has the last word.
import './browser.js';
import { host } from './lib/host.js';

// Written out, because this is the form that bundlers find and copy.
host.locate = () => new URL('./dist/goodsrank_full_bg.wasm', import.meta.url);

export * from './index.js';
