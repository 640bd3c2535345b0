/** The gateway's process: `npm run gateway`, and its commands. */

if (typeof WebSocket === 'undefined') {
  process.stderr.write(`The gateway needs Node.js 24 or newer; this is ${process.version}. In a clone, npm run gateway brings its own.\n`);
  process.exitCode = 1;
} else {
  // Later: what it stands on is not in an older Node.js, which would say so in its own words.
  const {runGateway} = await import('./run-gateway.ts');
  process.exitCode = await runGateway(process.argv.slice(2));
}
