import Sqlite, { type Database } from 'better-sqlite3';
import { hash } from 'node:crypto';
import { basename } from 'node:path';
import type { Position } from '../../events/stored-event.js';
import { hasContent } from './log-file.js';
import { acceptAdvice, acceptAdviceOfCluster, EventsMissing, LogUnreadable, restoreAdvice } from './log-unreadable.js';
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

/** What is missing and an operator goes on without. */
export interface AcceptedLoss {
  /** Position of the first event that is missing. */
  readonly first: Position;
  /** The newest event that was known. */
  readonly known: KnownEvent;
}

/** SHA-256 (base64url) of an event's bytes. */
export function digestOfBytes(json: string | Buffer): string {
  return hash('sha256', json, 'base64url');
}

/**
 * @param accepted an operator goes on without everything from this position on
 * @throws LogUnreadable if there is no file of the log though something is left of it
 */
export function assertNothingKnown(file: string, known: readonly KnownEvent[], accepted?: Position): void {
  if (hasContent(`${file}-wal`)) {
    const problem = `the file is gone, but its ${basename(file)}-wal is there, which holds events of it`;
    throw new LogUnreadable(file, `${problem}. Put the file back that was there. ${restoreAdvice(file)}`);
  }
  const first = known.find(({ position }) => position > 0);
  if (first === undefined || accepted === 1) return;
  const problem = `the log is gone: ${first.knownBy} knows its events up to position ${first.position}. The first that is missing is 1`;
  throw new EventsMissing(file, `${problem}. ${restoreAdvice(file)} ${acceptAdvice(1)}`, 1);
}

/**
 * @param accepted an operator goes on without everything from this position on
 * @returns what is missing, where that is accepted
 * @throws LogUnreadable if the log lacks one of these events or has another one in its place
 */
export function assertHolds(database: Database, file: string, head: Position, known: readonly KnownEvent[], accepted?: Position): AcceptedLoss | undefined {
  const find = database.prepare('SELECT hex(id) AS id, json FROM events WHERE position = ?');
  const missing: { readonly first: Position; readonly problem: string; readonly event: KnownEvent }[] = [];
  for (const event of known) {
    if (event.position === 0) continue;
    const fault = faultOf(event, head, (position) => find.get(position) as FoundEvent | undefined);
    if (fault === undefined) continue;
    if (fault.first === undefined) throw new LogUnreadable(file, `${fault.problem}. ${restoreAdvice(file)}`);
    missing.push({ ...fault, first: fault.first, event });
  }
  const [earliest] = missing.sort((a, b) => a.first - b.first);
  if (earliest === undefined) return undefined;
  const { first, problem } = earliest;
  if (accepted !== first) throw new EventsMissing(file, `${problem}. ${restoreAdvice(file)} ${acceptAdvice(first)}`, first);
  return { first, known: newestOf(missing.map(({ event }) => event)) };
}

/** The one furthest on. At least one is given. */
export function newestOf(known: readonly KnownEvent[]): KnownEvent {
  return known.reduce((newest, event) => (event.position > newest.position ? event : newest));
}

/**
 * For a log that may have been moved to another store, where its events have other positions.
 * @param file of the log, as far as is known here
 * @param shown for people: where the log is
 * @param accepted an operator goes on without everything from this position on
 * @returns what is missing, where that is accepted
 * @throws LogUnreadable if it does not have one of these events
 */
export function assertHasAnywhere(file: string, shown: string, known: readonly KnownEvent[], accepted?: Position): AcceptedLoss | undefined {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const at = database.prepare('SELECT hex(id) FROM events WHERE position = ?').pluck();
    // Ids have no index: where an event is in its place, as always but after a move, there is nothing to look for.
    const anywhere = database.prepare('SELECT 1 FROM events WHERE id = ?');
    for (const event of known) {
      const { position, id, knownBy } = event;
      const hex = id.replaceAll('-', '');
      if (position === 0 || at.get(position) === hex.toUpperCase() || anywhere.get(Buffer.from(hex, 'hex')) !== undefined) continue;
      const problem = `it knows an event at position ${position} that EventStoreDB at ${shown} does not have`;
      if (accepted !== undefined && accepted <= position) return { first: accepted, known: event };
      const cause = 'The cluster was restored from an older backup, or LEDGER_EVENTSTORE_URL names another one';
      throw new EventsMissing(knownBy, `${problem}. ${cause}. ${acceptAdviceOfCluster(position)}`, position);
    }
    return undefined;
  } finally {
    database.close();
  }
}

interface FoundEvent {
  /** In hexadecimal digits. */
  readonly id: string;
  readonly json: string;
}

/** Why the log is not the one that was known. */
interface Fault {
  readonly problem: string;
  /** Position of the first event that is missing; left out where nothing is, but damaged. */
  readonly first?: Position;
}

function faultOf(known: KnownEvent, head: Position, find: (position: Position) => FoundEvent | undefined): Fault | undefined {
  try {
    const found = find(known.position);
    return found === undefined ? lacks(known, head) : differs(found, known);
  } catch (error) {
    return { problem: `the log is damaged at position ${known.position} (${String(error)})` };
  }
}

function lacks({ position, knownBy }: KnownEvent, head: Position): Fault {
  const first = head < position ? head + 1 : position;
  const cause = 'The log was cut off, or an older backup was put in its place';
  return { first, problem: `events are missing from position ${first} on: ${knownBy} knows events up to position ${position}. ${cause}` };
}

function differs(found: FoundEvent, { position, id, digest, knownBy }: KnownEvent): Fault | undefined {
  if (uuidText(found.id) !== id) {
    const cause = 'The log was replaced by that of another ledger, or by a backup that went on without this one';
    return { first: position, problem: `at position ${position} is another event than ${knownBy} knows. ${cause}` };
  }
  if (digest === undefined || digestOfBytes(found.json) === digest) return undefined;
  return { problem: `the event at position ${position} is damaged: its content is not what ${knownBy} knows` };
}
