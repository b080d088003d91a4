// The browser that the tests drive: CHROMIUM names it, a missing one is an error.

import { chromium } from 'playwright-core';

/** No sandbox, because CI is root; nothing that would call home. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch() {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ARGS });
}
