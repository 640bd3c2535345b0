/** Builds the app: one page, the wallet's document, one worker, one service worker that keeps only the shell. */
import {resolve} from 'node:path';
import {defineConfig} from 'vite';
import {VitePWA} from 'vite-plugin-pwa';
import {wllamaThread} from './scripts/wllama-thread.ts';

const relay = 'http://localhost:8787';
const root = resolve(import.meta.dirname, 'web');

/** What only the wallet's document loads. Its chunks are named so that they are not kept with the shell. */
const ofWallet = /\/(contracts|web\/wallet|node_modules\/(@ton|@tonconnect|buffer))\//;

export default defineConfig({
  root: 'web',
  publicDir: '../public',
  resolve: {alias: {'@ton/crypto': resolve(root, 'wallet/ton-crypto.ts')}},
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    rolldownOptions: {
      input: [resolve(root, 'index.html'), resolve(root, 'wallet.html')],
      output: {chunkFileNames: ({moduleIds}) => (moduleIds.some((id) => ofWallet.test(id)) ? 'assets/wallet-[name]-[hash].js' : 'assets/[name]-[hash].js')},
    },
  },
  // Here for the build; below for the development server.
  worker: {format: 'es', plugins: () => [wllamaThread()]},
  server: {
    proxy: {'/link': {target: relay, ws: true}, '/signal': {target: relay, ws: true}, '/api': relay, '/livez': relay, '/devnet': relay, '/mirror': relay, '/tonconnect-manifest.json': relay},
  },
  plugins: [
    wllamaThread(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '../sw',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false,
      // Workers, engines, wallets and other languages are large or not needed to open the app: they are kept when they were used.
      injectManifest: {globPatterns: ['index.html', 'models.json', 'assets/*.{js,css}', 'manifest.webmanifest', 'icons/*'], globIgnores: ['assets/{worker,engine,lib,ort,wllama,wallet,russian,spanish}-*']},
    }),
  ],
});
