/** Which way arrows may point. Three verbs: floor (may import only ...), door (a package enters only here), wall (may not reach by any chain). */
const test = '\\.test\\.ts$';
const builtIns = '^(node:)?(http|fs|fs/promises|process|events|crypto|path|url|stream|stream/promises|net|os|perf_hooks|sqlite|timers|timers/promises|readline/promises|worker_threads)$';
/** Roots that may import anything; nothing may import them. */
const tools = '^(bench|scripts|models|web/e2e|sdk/examples)/';
/** Stages for tests; benchmarks use them too. */
const stages = '^(protocol|sdk|contracts|relay|web/state|web/wallet|web/worker)/testing/';
/** The one file of the page that imports the worker by value: as `?worker&url`. */
const spawner = '^web/page/node-worker\\.ts$';
const floor = (name, comment, from, ...allowed) => ({name, comment, severity: 'error', from: {path: from, pathNot: [test, tools]}, to: {pathNot: allowed}});
const door = (pkg, ...places) => ({name: `door:${pkg}`, severity: 'error', from: {pathNot: [test, tools, ...places]}, to: {path: `(^|node_modules/)${pkg}(/|$)`}});
const wall = (name, comment, from, to) => ({name, comment, severity: 'error', from: {path: from, pathNot: test}, to: {path: to, reachable: true}});
/** Whoever has these can open what was sealed, or run a role that does. */
const opens = '^protocol/(seal|hpke|response|job|answer|pairing-(secret|words)|roles/(client|client-link|client-lane|ask|attempt|dial|direct|pairing|node|node-run|node-jobs|node-lane|pacing))\\.ts$';

export default {
  forbidden: [
    {name: 'no-cycles', severity: 'error', from: {}, to: {circular: true}},
    floor('protocol', 'The protocol knows no host.', '^protocol/', '^protocol/', 'node_modules/(@noble|@hpke|valibot)/'),
    floor('protocol-words', 'Words do not know the roles that speak them.', '^protocol/(?!roles/|testing/)', '^protocol/(?!roles/|testing/)', 'node_modules/'),
    floor('contracts', 'The chain: the protocol and TON, no host.', '^contracts/(?!testing/|compile|mutants)', '^contracts/', '^protocol/', 'node_modules/(@ton/(core|ton|crypto)|valibot)/', builtIns),
    floor('sw', 'It serves the shell; it never computes.', '^sw/', '^sw/', 'node_modules/workbox-'),
    floor('relay', 'Node.js, the protocol, the chain and sockets.', '^relay/(?!gateway/|devnet/|testing/)', '^relay/(?!gateway/)', '^contracts/', '^protocol/', 'node_modules/(ws|@types/ws|peer|express|node-datachannel|@nats-io/transport-node|valibot|@ton/core)/', builtIns),
    floor('sdk', 'The client role for any host with web standards: no Node.js, no document.', '^sdk/(?!testing/)', '^sdk/', '^protocol/', 'node_modules/(valibot|@cfworker/json-schema)/'),
    floor('gateway', 'The client role with an HTTP face.', '^relay/gateway/', '^relay/(?!devnet/|cluster/|operator/)', '^sdk/', '^contracts/', '^protocol/', 'node_modules/(valibot|node-datachannel|mpg123-decoder|opus-decoder|@ton/(core|crypto|ton))/', builtIns),
    floor('relay-devnet', 'A chain of its own: no relay.', '^relay/devnet/', '^relay/devnet/', '^contracts/', '^protocol/', 'node_modules/(@ton/(core|sandbox)|valibot)/', builtIns),
    floor('web-app', 'Elements are handed what they show.', '^web/app/', '^web/(app|state)/', '^web/wallet/words', '^protocol/', 'node_modules/(lit|lit-html|lit-element|@lit|katex|uqr)/'),
    floor('web-state', 'State is handed its adapters.', '^web/state/', '^web/state/', '^web/wallet/words', '^protocol/'),
    floor('web-page', 'Adapters that need a window.', '^web/page/', '^web/(page|platform|state|worker)/', '^sdk/socket\\.ts$', '^web/wallet/words', '^protocol/', '^sw/words', 'node_modules/'),
    floor('web-platform', 'What page and worker both stand on.', '^web/platform/', '^web/platform/', '^protocol/', 'node_modules/'),
    floor('web-worker', 'Never the page.', '^web/worker/(?!testing/)', '^web/(worker|platform)/', '^sdk/socket\\.ts$', '^protocol/', 'node_modules/', '^onnxruntime-web/.*[?]url$'),
    floor('web-wallet', 'All that knows TON in the app, and nothing of the app.', '^web/wallet/(?!testing/)', '^web/(wallet|platform)/', '^contracts/(?!testing/)', '^protocol/', 'node_modules/'),
    wall('relay-is-blind', 'The relay may not reach the code that opens what was sealed; nor may it reach the stages of its tests, which can.', '^relay/(?!gateway/|testing/)', opens),
    wall('hub-is-blind', 'Nor may its role.', '^protocol/roles/relay[^/]*\\.ts$', opens),
    {
      name: 'worker-by-type',
      comment: 'The page sees the worker as a type, and as an address.',
      severity: 'error',
      from: {path: '^web/(?!worker/|e2e/)', pathNot: [test, spawner]},
      to: {path: '^web/worker/', dependencyTypesNot: ['type-only']},
    },
    {
      name: 'worker-by-address',
      comment: 'Who spawns the worker needs the address of its root, and of nothing else in there.',
      severity: 'error',
      from: {path: spawner},
      to: {path: '^web/worker/(?!worker\\.ts$)', dependencyTypesNot: ['type-only']},
    },
    {
      name: 'wallet-by-type',
      comment: 'The page frames the document of the wallet and sees it as types: no code of TON where questions are.',
      severity: 'error',
      from: {path: '^web/(?!wallet/|e2e/)', pathNot: test},
      to: {path: '^web/wallet/', dependencyTypesNot: ['type-only']},
    },
    {name: 'no-test-code', severity: 'error', from: {pathNot: [test, stages, '^(bench|web/e2e)/', '^scripts/(test-webllm|soak[\\w-]*)\\.ts$']}, to: {path: [test, stages]}},
    {name: 'tools-are-roots', severity: 'error', from: {pathNot: [tools, '^(playwright|vite)\\.config\\.ts$']}, to: {path: tools}},
    {
      name: 'tools-apart',
      comment: 'They share how Chromium is started, how a worker is built, what marks a build and models that only tests load, and nothing else.',
      severity: 'error',
      from: {path: [tools, '^(playwright|vite)\\.config\\.ts$']},
      to: {path: tools, pathNot: ['^$1/', '^scripts/(budgets|build-hash|chromium-args|integrity|served-files|test-worker|wllama-thread)\\.ts$', '^models/(catalogue-entry|make-gguf|model-files|variants|circuits/(circuits|speech|tones))\\.ts$']},
    },
    door('@mlc-ai/web-llm', '^web/worker/engine-webllm[^/]*\\.ts$', '^web/worker/testing/scripted-mlc\\.ts$'),
    door('@huggingface/transformers', '^web/worker/(engine-)?transformers[\\w-]*\\.ts$'),
    door('@wllama/wllama', '^web/worker/wllama\\.ts$'),
    door('@huggingface/jinja', '^web/worker/chat-template\\.ts$'),
    door('onnxruntime-web', '^web/worker/ort-urls\\.ts$'),
    door('@cfworker/json-schema', '^sdk/openai/json-schema\\.ts$'),
    door('idb', '^web/platform/(store|book)-idb\\.ts$'),
    door('comlink', '^web/page/(node-worker|wallet-frame)\\.ts$', '^web/worker/worker\\.ts$', '^web/platform/comlink-errors\\.ts$', '^web/wallet/wallet\\.ts$'),
    door('pdfjs-dist', '^web/page/pdf-text\\.ts$'),
    door('peerjs', '^web/page/peer\\.ts$'),
    door('peer', '^relay/signalling\\.ts$'),
    door('express', '^relay/signalling\\.ts$'),
    door('node-datachannel', '^relay/(rtc-peer|gateway/peer)\\.ts$'),
    door('@nats-io', '^relay/cluster/nats-bus\\.ts$'),
    door('mpg123-decoder', '^relay/gateway/sound/mp3\\.ts$'),
    door('opus-decoder', '^relay/gateway/sound/opus\\.ts$'),
    door('ws', '^relay/'),
    door('lit', '^web/app/'),
    door('katex', '^web/app/set-math\\.ts$'),
    door('@hpke', '^protocol/hpke\\.ts$'),
    door('@ton', '^contracts/', '^relay/(devnet|money|testing)/', '^relay/gateway/money-(orders|till)\\.ts$', '^web/wallet/'),
    door('@tonconnect', '^web/wallet/connector\\.ts$'),
    door('buffer', '^web/wallet/buffer-global\\.ts$'),
    door('uqr', '^web/app/qr-code\\.ts$'),
    door('workbox-window', '^web/page/shell\\.ts$'),
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    exclude: {path: '^dist(-sdk|-gateway)?/|(^|/)[.]types(-test)?/'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'types', 'browser', 'node', 'default'], extensions: ['.ts', '.js', '.d.ts']},
  },
};
