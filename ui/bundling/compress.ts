// Writes `<file>.br` and `<file>.gz` beside each file that gets smaller by it, so that the hub never compresses anything.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Fonts and pictures are small already. */
const SHRINKS = /\.(js|css|html|svg|json|txt|wav)$/;
/** Below this the headers weigh more. */
const LEAST_BYTES = 512;

export function compress(): Plugin {
  let folder = 'dist';
  return {
    name: 'lobi-compress',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle: { order: 'post', handler: () => compressFolder(folder) },
  };
}

export function compressFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) compressFolder(path);
    else if (SHRINKS.test(entry.name)) compressFile(path);
  }
}

function compressFile(path: string): void {
  const bytes = readFileSync(path);
  if (bytes.length < LEAST_BYTES) return;
  const small = {
    br: brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    gz: gzipSync(bytes, { level: 9 }),
  };
  for (const [ending, result] of Object.entries(small))
    if (result.length < bytes.length) writeFileSync(`${path}.${ending}`, result);
}
