/** Builds the app: one page, one worker, one service worker that keeps only the shell. */
import {defineConfig} from 'vite';
import {VitePWA} from 'vite-plugin-pwa';

const relay = 'http://localhost:8787';

export default defineConfig({
  root: 'web',
  publicDir: '../public',
  build: {outDir: '../dist', emptyOutDir: true, target: 'es2024', assetsInlineLimit: 0, modulePreload: {polyfill: false}},
  worker: {format: 'es'},
  server: {
    proxy: {'/link': {target: relay, ws: true}, '/signal': {target: relay, ws: true}, '/api': relay, '/devnet': relay, '/tonconnect-manifest.json': relay, '/livez': relay},
  },
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '../sw',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false,
      // Workers and engines are large and not needed to open the app: they are kept when they were used.
      injectManifest: {globPatterns: ['index.html', 'models.json', 'assets/*.{js,css}', 'manifest.webmanifest', 'icons/*'], globIgnores: ['assets/{worker,engine,lib,ort}-*']},
    }),
  ],
});
