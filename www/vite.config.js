import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the page works from any folder of any static server.
  base: './',
  build: {
    target: 'es2022',
    // The module stays a file of its own, so that it compiles as it streams.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // Vite's copies of dependencies lose the .wasm beside them.
  optimizeDeps: { exclude: ['goodsrank'] },
  server: { fs: { allow: ['..'] } },
});
