/** Builds the app: one page, the wallet's document, one worker, one service worker that keeps only the shell. */
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {defineConfig} from 'vite';
import {VitePWA} from 'vite-plugin-pwa';
import {buildHashFile} from './scripts/build-hash.ts';
import {integrity} from './scripts/integrity.ts';
import {wllamaThread} from './scripts/wllama-thread.ts';

const relay = 'http://localhost:8787';
const root = resolve(import.meta.dirname, 'web');
const {version} = JSON.parse(readFileSync(resolve(import.meta.dirname, 'package.json'), 'utf8')) as {version: string};
// The same sources make the same build, whatever the environment says.
process.env['VITE_VERSION'] = version;

/** What only the wallet's document loads. Its files are named so that they are not kept with the shell. */
const ofWallet = /\/(contracts|web\/wallet|node_modules\/(@ton|@tonconnect|buffer))\//;

/** Small parts that nearly every page needs, in one file each: the service worker lists every file, and has 8 KB for all it is. */
const together = [
  {name: 'words', test: /\/(protocol\/(amount|bytes|errors|ids|roles\/(clock|deadline))|web\/(platform\/clock|page\/look-while-visible))\.ts$/},
  {name: 'terms', test: /\/protocol\/(identity|limits|models|node-record|price|queue|retry|statement|task|ton-address|wire)\.ts$/},
  {name: 'elements', test: /\/node_modules\/(lit|lit-html|lit-element|@lit)\/|\/web\/page\/install-offer\.ts$|\/web\/app\/(card-styles|chooser-styles|fact-styles|figures|icons|list-styles|notice|observe|page-styles|plural|render-again|router|routes|sentence|styles|texts|english\/(chat|counting|errors|list|shell|wallet))\.ts$/},
  {name: 'spoken', test: /\/web\/(state\/(language|store)|page\/kept-language|app\/language)\.ts$/},
  {name: 'room', test: /\/sdk\/socket\.ts$|\/web\/(state\/(attached-text|branch-edits|branches|chat-job|choices|instructions|limits|own-choice|presets|recovery|sensitive|wallet-sums|week)|platform\/model-folder|page\/(relay-addresses|trusted-urls)|app\/(answering|conversation-title|dialog-styles|level-looks|shortcut-event|turn-events))\.ts$/},
  {name: 'attached', test: /\/web\/(state\/(attachments|picture-questions)|page\/(pictures|plain-text|text-file)|app\/(attached-question|attachment-list|attachment-texts|bytes-picture|english\/attachments))\.ts$/},
];

export default defineConfig({
  root: 'web',
  publicDir: '../public',
  envPrefix: 'VITE_VERSION',
  envDir: false,
  resolve: {alias: {'@ton/crypto': resolve(root, 'wallet/ton-crypto.ts')}},
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    manifest: true,
    rolldownOptions: {
      input: [resolve(root, 'index.html'), resolve(root, 'wallet.html')],
      output: {
        codeSplitting: {groups: together, includeDependenciesRecursively: false},
        entryFileNames: ({name}) => (name === 'wallet' ? 'assets/of-wallet-[name]-[hash].js' : 'assets/[name]-[hash].js'),
        chunkFileNames: ({moduleIds}) => (moduleIds.some((id) => ofWallet.test(id)) ? 'assets/of-wallet-[name]-[hash].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  // Here for the build; below for the development server.
  worker: {format: 'es', plugins: () => [wllamaThread()]},
  server: {
    proxy: {'/link': {target: relay, ws: true}, '/signal': {target: relay, ws: true}, '/api': relay, '/livez': relay, '/devnet': relay, '/mirror': relay, '/tonconnect-manifest.json': relay},
  },
  plugins: [
    wllamaThread(),
    integrity(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '../sw',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: false,
      // Workers, engines, wallets and other languages are large or not needed to open the app, and some pages are nothing without a network: they are kept when they were used.
      injectManifest: {globPatterns: ['index.html', 'models.json', 'assets/*.{js,css}', 'manifest.webmanifest', 'icons/icon.svg'], globIgnores: ['assets/{worker,engine,lib,ort,pdf,wllama,of-wallet,set-math,peer,data-channel,__vite-browser-external,stop-texts,russian,spanish,network-page,operator,operator-desk,operator-page,pair-page,pairing}-*', 'assets/wallet-*.css']},
    }),
    buildHashFile(version),
  ],
});
