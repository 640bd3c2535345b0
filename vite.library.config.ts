/** Builds what people take without this repository: the library of sdk/ as one file for any host, and the gateway as one file for Node.js. */
import {resolve} from 'node:path';
import {defineConfig} from 'vite';

const root = import.meta.dirname;

export default defineConfig(({mode}) => {
  const isGateway = mode === 'gateway';
  return {
    root,
    publicDir: false,
    envDir: false,
    logLevel: 'warn',
    build: {
      outDir: resolve(root, isGateway ? 'dist-gateway' : 'dist-sdk'),
      emptyOutDir: true,
      target: 'es2024',
      reportCompressedSize: false,
      minify: !isGateway,
      ...(isGateway ? {ssr: true} : {}),
      lib: isGateway ? {entry: 'relay/gateway/gateway.ts', formats: ['es'], fileName: () => 'gateway.mjs'} : {entry: 'sdk/bombyx.ts', formats: ['es'], fileName: () => 'bombyx.js'},
      rolldownOptions: {output: {codeSplitting: false, minify: !isGateway}},
    },
    ...(isGateway ? {ssr: {noExternal: true}} : {}),
  };
});
