import Sqlite, { type Database } from 'better-sqlite3';
import { hash } from 'node:crypto';
import { basename } from 'node:path';
import { type Position } from '../event-store.js';
import { hasContent } from './log-file.js';
import { LogUnreadable, restoreAdvice } from './log-unreadable.js';
import { uuidText } from './uuid-text.js';

/** An event by its place in the log; position 0 and no id before the first. */
export interface EventPlace {
  readonly position: Position;
  readonly id: string;
}

/** An event that something beside the log knows: the log must have it, or it is not the log that it was. */
export interface KnownEvent extends EventPlace {
  /** SHA-256 (base64url) of its bytes, where that is known. */
  readonly digest?: string;
  /** For people: the file that knows it. */
  readonly knownBy: string;
}

/** SHA-256 (base64url) of an event's bytes. */
export function digestOfBytes(json: string | Buffer): string {
  return hash('sha256', json, 'base64url');
}

/** @throws LogUnreadable if there is no file of the log though something is left of it */
export function assertNothingKnown(file: string, known: readonly KnownEvent[]): void {
  if (hasContent(`${file}-wal`)) {
    const problem = `the file is gone, but its ${basename(file)}-wal is there, which holds events of it`;
    throw new LogUnreadable(file, `${problem}. Put the file back that was there. ${restoreAdvice(file)}`);
  }
  const first = known.find(({ position }) => position > 0);
  if (first === undefined) return;
  const problem = `the log is gone: ${first.knownBy} knows its events up to position ${first.position}. The first that is missing is 1`;
  throw new LogUnreadable(file, `${problem}. ${restoreAdvice(file)}`);
}

/** @throws LogUnreadable if the log lacks one of these events or has another one in its place */
export function assertHolds(database: Database, file: string, head: Position, known: readonly KnownEvent[]): void {
  const find = database.prepare('SELECT hex(id) AS id, json FROM events WHERE position = ?');
  for (const event of known) {
    if (event.position === 0) continue;
    const problem = faultOf(event, head, (position) => find.get(position) as FoundEvent | undefined);
    if (problem !== undefined) throw new LogUnreadable(file, `${problem}. ${restoreAdvice(file)}`);
  }
}

/**
 * For a log that may have been moved to another store, where its events have other positions.
 * @param file of the log, as far as is known here
 * @param shown for people: where the log is
 * @throws LogUnreadable if it does not have one of these events
 */
export function assertHasAnywhere(file: string, shown: string, known: readonly KnownEvent[]): void {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const at = database.prepare('SELECT hex(id) FROM events WHERE position = ?').pluck();
    // Ids have no index: where an event is in its place, as always but after a move, there is nothing to look for.
    const anywhere = database.prepare('SELECT 1 FROM events WHERE id = ?');
    for (const { position, id, knownBy } of known) {
      const hex = id.replaceAll('-', '');
      if (position === 0 || at.get(position) === hex.toUpperCase() || anywhere.get(Buffer.from(hex, 'hex')) !== undefined) continue;
      const problem = `it knows an event at position ${position} that EventStoreDB at ${shown} does not have`;
      const cause = 'The cluster was restored from an older backup, or EVENTSTORE_URL names another one';
      throw new LogUnreadable(knownBy, `${problem}. ${cause}. To go on with what it has, stop all instances, move views/ of each data directory away, and start them.`);
    }
  } finally {
    database.close();
  }
}

interface FoundEvent {
  /** In hexadecimal digits. */
  readonly id: string;
  readonly json: string;
}

function faultOf(known: KnownEvent, head: Position, find: (position: Position) => FoundEvent | undefined): string | undefined {
  try {
    const found = find(known.position);
    return found === undefined ? lacks(known, head) : differs(found, known);
  } catch (error) {
    return `the log is damaged at position ${known.position} (${String(error)})`;
  }
}

function lacks({ position, knownBy }: KnownEvent, head: Position): string {
  const missing = head < position ? head + 1 : position;
  const cause = 'The log was cut off, or an older backup was put in its place';
  return `events are missing from position ${missing} on: ${knownBy} knows events up to position ${position}. ${cause}`;
}

function differs(found: FoundEvent, { position, id, digest, knownBy }: KnownEvent): string | undefined {
  if (uuidText(found.id) !== id) {
    return `at position ${position} is another event than ${knownBy} knows. The log was replaced by that of another ledger, or by a backup that went on without this one`;
  }
  if (digest === undefined || digestOfBytes(found.json) === digest) return undefined;
  return `the event at position ${position} is damaged: its content is not what ${knownBy} knows`;
}
