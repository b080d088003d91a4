// The entry for Cloudflare Workers.

import { handle } from './app.js';

export default { fetch: handle };
