/**
 * Preloaded into each test file's process: its results leave it before `--test-force-exit` ends it.
 * Without this the runner loses the last results of a file and still exits 0 (nodejs/node#64833).
 */
if (process.env['NODE_TEST_CONTEXT'] === 'child-v8') process.stdout._handle?.setBlocking?.(true);
