/** Where the WebAssembly of onnxruntime is: files of this app, never a CDN. The smaller build needs JSPI. */
import asyncifyModule from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiModule from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';

const absolute = (path: string): string => new URL(path, location.origin).href;

export const ortPaths = (): {mjs: string; wasm: string} =>
  'Suspending' in WebAssembly ? {mjs: absolute(jspiModule), wasm: absolute(jspiWasm)} : {mjs: absolute(asyncifyModule), wasm: absolute(asyncifyWasm)};
