import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { goldenEvents } from './golden-events.js';

/** Writes the golden files that are missing. See README.md. */
const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../test/golden');

for (const [name, json] of await goldenEvents()) {
  const file = path.join(folder, `${name}.json`);
  if (existsSync(file)) continue;
  writeFileSync(file, json);
  process.stdout.write(`${name}.json\n`);
}
