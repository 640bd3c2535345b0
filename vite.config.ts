/** Builds the app: one page, the wallet's document, one worker, one service worker that keeps only the shell. */
import {resolve} from 'node:path';
import {defineConfig} from 'vite';
import {VitePWA} from 'vite-plugin-pwa';
import {wllamaThread} from './scripts/wllama-thread.ts';

const relay = 'http://localhost:8787';
const root = resolve(import.meta.dirname, 'web');

/** What only the wallet's document loads. Its chunks are named so that they are not kept with the shell. */
const ofWallet = /\/(contracts|web\/wallet|node_modules\/(@ton|@tonconnect|buffer))\//;

/** What the first screen needs in any case, in one file: else each page that is loaded later splits it further, and small files compress worse. */
const firstScreen = /\/node_modules\/(lit|lit-html|lit-element|@lit)\/|\/web\/app\/(observe|notice|styles|page-styles|fact-styles|figures|icons|confirm-dialog|texts|english\/(chat|counting|privacy|relays|settings|share|shell|wallet))\.ts|\/web\/state\/(store|attached-text)\.ts/;

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
      output: {codeSplitting: {groups: [{name: 'base', test: firstScreen, includeDependenciesRecursively: false}]}, chunkFileNames: ({moduleIds}) => (moduleIds.some((id) => ofWallet.test(id)) ? 'assets/wallet-[name]-[hash].js' : 'assets/[name]-[hash].js')},
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
      // Workers, engines and wallets are large and not needed to open the app: they are kept when they were used.
      injectManifest: {globPatterns: ['index.html', 'models.json', 'assets/*.{js,css}', 'manifest.webmanifest', 'icons/*'], globIgnores: ['assets/{worker,engine,lib,ort,pdf,wllama,wallet}-*']},
    }),
  ],
});
