// The script of a Web Worker.

import '../../browser.js';
import { serve } from './serve.js';

serve(/** @type {import('./protocol.js').Port} */ (/** @type {unknown} */ (globalThis)));
