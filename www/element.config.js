// Bundles the element for the npm package: Lit and the texts inside, the engine not.

import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: '../pkg/dist/element',
    emptyOutDir: true,
    lib: { entry: 'src/goods-rank.js', formats: ['es'], fileName: 'element' },
    // Lit's licence asks to go where Lit goes.
    license: { fileName: 'LICENSES.md' },
    rolldownOptions: {
      external: ['goodsrank/full'],
      output: {
        // By its place, so that a page without a bundler finds it too.
        paths: { 'goodsrank/full': '../../full.js' },
        chunkFileNames: '[name].js',
        // Of a library Vite would keep the spaces.
        minify: true,
      },
    },
  },
});
