import type { EventStore, StoredEvent } from '#ledger';
import { MismatchFound } from '../exit-code.js';
import { LogAccount, UnsoundEvent } from './log-account.js';
import { placeIn, type LogSource } from './log-source.js';
import { OrderedAppends } from './ordered-appends.js';
import { patiently, type PatientOptions } from './patiently.js';

const readAtOnce = 1000;
const patienceMsDefault = 60_000;

/** A store that a log is moved into. Nobody else writes to it meanwhile. */
export interface LogTarget {
  /** For messages. */
  readonly name: string;
  readonly store: EventStore;
  /** How long the store may be away before the move is given up; left out: a minute. */
  readonly patienceMs?: number;
}

/** What a source has, and what became of it. */
export interface Moved {
  readonly events: number;
  readonly streams: number;
  /** Of the ids of the whole log, see `LogAccount`. */
  readonly sha256: string;
  /** Events written now; the others were in the target before. */
  readonly written: number;
}

export interface Watcher {
  /** Called often: `position` of the source that is reached, and how many events that are. */
  onMoved(position: number, events: number): void;
  onVerified(events: number): void;
}

/**
 * Writes the log of a source into a store: the same bytes, ids, types, revisions and streams in the same order. What is
 * there already must be a beginning of it, which is looked at event by event before anything is written; so it may be
 * stopped at any moment and run again. At the end the whole target is read back and compared.
 * @throws MismatchFound if the target holds something else, and nothing is written then; UnsoundEvent for an event of
 *   the source that is not what it should be, where all before it is written; Refused, Unreachable: see `OrderedAppends`
 */
export async function moveLog(source: LogSource, target: LogTarget, watcher: Watcher): Promise<Moved> {
  const { store, name } = target;
  const account = new LogAccount();
  const present = new PresentEvents(target);
  const appends = new OrderedAppends({ store, ...patienceWith(target) });
  let written = 0;
  try {
    for await (const batch of source.read()) {
      for (const event of batch) {
        count(account, source, event);
        const there = present.hasEnded ? undefined : await present.next();
        if (there !== undefined) expectSame(event, there, source, target);
        else {
          written += 1;
          if (appends.add(event)) await appends.flush();
        }
      }
      watcher.onMoved(batch.at(-1)?.position ?? 0, account.events);
    }
  } catch (error) {
    // What is good of a source that breaks off stays, and is written when the message says so.
    if (present.hasEnded) await appends.end();
    throw error;
  }
  const more = await present.next();
  if (more !== undefined) throw new MismatchFound(`${source.name} ends where ${name} goes on with ${described(more)}. Nothing was written.`);
  await appends.end();
  await verify(account, target, watcher);
  const { events, streams, sha256 } = account;
  return { events, streams, sha256, written };
}

/** Reads a whole source without writing anything. @throws UnsoundEvent */
export async function checkSource(source: LogSource, onRead: (events: number) => void): Promise<LogAccount> {
  const account = new LogAccount();
  for await (const batch of source.read()) {
    for (const event of batch) count(account, source, event);
    onRead(account.events);
  }
  return account;
}

/** @throws UnsoundEvent with the place of the event */
export function count(account: LogAccount, source: LogSource, event: StoredEvent): void {
  try {
    account.add(event);
  } catch (error) {
    if (error instanceof UnsoundEvent) throw new UnsoundEvent(`${placeIn(source, event)}: ${error.message}.`);
    throw error;
  }
}

async function verify(account: LogAccount, target: LogTarget, watcher: Watcher): Promise<void> {
  const { store, name } = target;
  const kept = new LogAccount();
  const read = new PresentEvents(target);
  // What others may have written meanwhile is to be seen, too.
  await patiently(patienceWith(target), () => store.head());
  for (let event = await read.next(); event !== undefined; event = await read.next()) {
    try {
      kept.add(event);
    } catch (error) {
      if (error instanceof UnsoundEvent) throw new MismatchFound(`${name} gives back ${described(event)} differently: ${error.message}.`);
      throw error;
    }
    if (kept.events % readAtOnce === 0) watcher.onVerified(kept.events);
  }
  if (kept.events === account.events && kept.sha256 === account.sha256) return;
  const where = account.differenceFrom(kept) ?? 'the order of the events differs';
  throw new MismatchFound(`${name} does not hold what was written to it: ${where}. Another process may write there: use another target.`);
}

function patienceWith({ name, store, patienceMs = patienceMsDefault }: LogTarget): PatientOptions {
  return { name, patienceMs: store.isShared ? patienceMs : 0 };
}

function expectSame(event: StoredEvent, there: StoredEvent, source: LogSource, { name }: LogTarget): void {
  const { stream, revision, id, json } = event;
  if (there.id === id && there.stream === stream && there.revision === revision && there.json === json) return;
  throw new MismatchFound(
    `${name} holds another log: its event at position ${there.position} is ${described(there)}, but that of ` +
      `${placeIn(source, event)} is due. Nothing was written. Name an empty target.`,
  );
}

function described({ type, stream, revision, id }: StoredEvent): string {
  return `${type} ${stream}@${revision} (${id})`;
}

/** The events of a store one by one, as it stands when they are read. */
class PresentEvents {
  #page: readonly StoredEvent[] = [];
  #at = 0;
  #after = 0;
  #ended = false;

  constructor(private readonly target: LogTarget) {}

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Undefined at the end, and from then on. */
  async next(): Promise<StoredEvent | undefined> {
    if (this.#at === this.#page.length && !this.#ended) {
      const range = { after: this.#after, limit: readAtOnce };
      this.#page = await patiently(patienceWith(this.target), () => this.target.store.readAll(range));
      this.#at = 0;
      this.#after = this.#page.at(-1)?.position ?? this.#after;
      this.#ended = this.#page.length === 0;
    }
    const event = this.#page[this.#at];
    this.#at += 1;
    return event;
  }
}
