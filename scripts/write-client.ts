import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../apps/api/src/config.js';
import { startServer } from '../apps/api/src/server.js';
import { clientTypes, clientTypesFile, publishedTypes } from './client-from-openapi.js';
import { packClient } from './pack-client.js';

/**
 * Writes the types of the client from the OpenAPI document of a server of this build.
 * Run from the root of the repository after a build: node dist/scripts/write-client.js
 * With `--pack` it packs the client for others instead: npm run pack:client.
 */
const folder = await mkdtemp(path.join(tmpdir(), 'quota-ledger-'));
const stop = (reason: unknown): never => {
  throw new Error('The server stopped.', { cause: reason });
};
const server = await startServer(readConfig({ PORT: '0', LEDGER_DATA_DIR: folder }), pino({ level: 'silent' }), { onFatal: stop, onSuperseded: stop });
try {
  const document = (await (await fetch(`${server.url}/v1/openapi.json`)).json()) as object;
  if (process.argv.includes('--pack')) process.stdout.write(`${packClient(await publishedTypes(document), 'dist/client-package')}\n`);
  else await writeFile(clientTypesFile, await clientTypes(document));
} finally {
  await server.close();
  await rm(folder, { recursive: true });
}
