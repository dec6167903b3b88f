import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownEvent, Position } from '#ledger';
import { liveViews, readViews } from './live-views.js';

/** Views of a log that has lost events: they are built anew. Nobody may have them open. */
export function forgetViews(dataDir: string): void {
  rmSync(join(dataDir, 'views'), { recursive: true, force: true });
}

/**
 * The event up to which the views of a data directory were folded: its log must have that event. Reads only.
 * @returns none if there are no views, or none that can be read: they are built anew
 */
export function knownByViews(dataDir: string): readonly KnownEvent[] {
  const path = liveViews(dataDir);
  if (path === undefined) return [];
  try {
    const row = readViews(path, (database) => database.prepare('SELECT position, event_id AS id FROM checkpoint').get());
    return row === undefined ? [] : [{ ...(row as { position: Position; id: string }), knownBy: path }];
  } catch {
    return [];
  }
}
