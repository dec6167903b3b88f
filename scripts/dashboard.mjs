import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './root.mjs';

/** Where the API finds the dashboard: the page, and assets whose names change with their content. */
const outDir = path.join(root, 'dist', 'dashboard');
export const dashboardPage = path.join(outDir, 'index.html');

/** Bundles apps/dashboard and packs each text file for browsers that take brotli or gzip. Resolves with whether it went well. */
export async function buildDashboard() {
  const { build } = await import('vite');
  try {
    await build({
      configFile: false,
      root: path.join(root, 'apps', 'dashboard'),
      logLevel: 'warn',
      // A policy of `script-src 'self'` lets no inline script run, so none is made.
      build: { outDir, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    });
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    return false;
  }
  for (const file of readdirSync(outDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) pack(path.join(file.parentPath, file.name));
  return true;
}

function pack(file) {
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
