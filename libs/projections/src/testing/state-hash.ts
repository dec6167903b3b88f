import { createHash } from 'node:crypto';
import { registry } from '../views/registry.js';
import type { ViewKind } from '../views/view.js';
import type { ViewsFile } from '../file/views-file.js';

const kinds: readonly ViewKind[] = registry;
const contents = ['SELECT position, event_id, recorded_at FROM checkpoint', ...kinds.flatMap((kind) => kind.contents ?? [])];

/** SHA-256 of all that the views hold. Two files at the same position of the same log have the same. */
export function stateHash({ database }: Pick<ViewsFile, 'database'>): string {
  const sha256 = createHash('sha256');
  for (const sql of contents) {
    sha256.update(`${sql}\n`);
    for (const row of database.prepare(sql).raw().iterate()) sha256.update(`${JSON.stringify(row)}\n`);
  }
  return sha256.digest('hex');
}
