// The script of a thread of Node's.

import { parentPort } from 'node:worker_threads';

import '../../node.js';
import { serve } from './serve.js';

serve(/** @type {import('./protocol.js').Port} */ (/** @type {unknown} */ (parentPort)));
