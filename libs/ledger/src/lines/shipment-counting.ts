import { noTpp } from '#rulebook';
import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { LineEvent } from '../events/line-event.js';
import type { AlsoCounts } from '../events/line-parts.js';
import { uuidV5 } from '../events/uuid-v5.js';
import { movesOf } from '../line/also-counts.js';
import type { CommandIdentity, CountShipment, Issued } from '../line/line-command.js';
import { quotaStreamOf } from '../line/streams.js';
import type { Admission } from '../once/admission.js';
import type { FirstAnswer } from '../once/command-gate.js';
import type { Processes } from '../shared-log/processes.js';
import { identityOf } from '../once/identity.js';
import type { Decided, Outcome } from '../requests/ledger-outcome.js';
import { isForNow } from '../outcome/rejected.js';
import { lineEventOf, readRevision } from '../once/stored-line-event.js';

/** An event of a line that moves something on the lines of validated end users, too. */
export interface CountedEvent {
  readonly line: string;
  readonly revision: number;
  readonly eventId: string;
  readonly event: LineEvent;
}

export interface ShipmentCountingOptions {
  readonly store: EventStore;
  readonly processes: Processes;
  /** Gives a command to the line that decides it. */
  readonly submit: (line: string, command: CountShipment) => Promise<Outcome>;
  readonly admission: Admission;
  readonly firstAnswer: FirstAnswer<Decided>;
}

/** Namespace of the identities of what is counted. */
const namespace = '5d0c1f6e-0b7a-5e0b-9f0e-5a3d3f4c8b21';
/** After a line could not take it. */
const againMs = 1_000;
/** Events that are known to be counted, so that those after them need not ask. */
const countedMax = 10_000;

interface Waiting {
  readonly source: CountedEvent;
  readonly moves: AlsoCounts;
  /** Told after the first attempt, whatever became of it. */
  readonly attempted: () => void;
}

/**
 * Shipments to validated end users that are on another line: what each event there moves is recorded on the line of the
 * validated end user, too, once. It goes on until the line has taken it, and the next start or another instance finishes
 * what a crash left: the identity of the command follows from the event, so it may be sent again and again.
 */
export class ShipmentCounting {
  readonly #options: ShipmentCountingOptions;
  /** By line that counts, in the order of the log as far as this instance knows it. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #working = new Map<string, Promise<void>>();
  /** By event: the first attempts that are still to be made. */
  readonly #attempts = new Map<string, Promise<unknown>>();
  readonly #counted = new Set<string>();
  #stopped = false;

  constructor(options: ShipmentCountingOptions) {
    this.#options = options;
  }

  /** Counts what an event that is durable moves elsewhere; nothing where it moves nothing, or it is counted already. */
  count(source: CountedEvent): void {
    const moves = movesOf(source.event);
    if (moves.length === 0) return;
    const attempts = moves.map((each) => {
      return new Promise<void>((attempted) => {
        const waiting = this.#waiting.get(each.line) ?? [];
        this.#waiting.set(each.line, waiting);
        waiting.push({ source, moves: each, attempted });
        this.#work(each.line);
      });
    });
    const key = placeOf(source);
    const attempt = Promise.all(attempts).then(() => {
      if (this.#attempts.get(key) === attempt) this.#attempts.delete(key);
    });
    this.#attempts.set(key, attempt);
  }

  /** Counts what an event moves elsewhere that is not counted yet as far as a view knows. */
  async countAt({ line, revision }: Pick<CountedEvent, 'line' | 'revision'>): Promise<void> {
    const source = await this.#read(line, revision);
    this.count(source);
    await this.attempted(source);
  }

  /** Resolves when what the event moves elsewhere is counted, or cannot be counted now: then that is done later. */
  async attempted(source: Pick<CountedEvent, 'line' | 'revision'>): Promise<void> {
    await this.#attempts.get(placeOf(source));
  }

  /** Waits for what is under way; the next start does the rest. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#working.values());
  }

  #work(line: string): void {
    if (this.#working.has(line)) return;
    this.#working.set(line, Promise.resolve().then(() => this.#countAll(line)));
  }

  async #countAll(line: string): Promise<void> {
    try {
      for (let taken = this.#take(line); taken.length > 0; taken = this.#take(line)) {
        const left = await this.#countOn(line, taken);
        for (const { attempted } of taken) attempted();
        if (this.#stopped) return;
        if (left.length === 0) continue;
        this.#waiting.set(line, [...left, ...(this.#waiting.get(line) ?? [])]);
        await new Promise((resolve) => setTimeout(resolve, againMs).unref());
      }
    } finally {
      // In the turn in which nothing was waiting: what comes later begins anew.
      this.#working.delete(line);
    }
  }

  #take(line: string): readonly Waiting[] {
    const taken = this.#waiting.get(line) ?? [];
    this.#waiting.delete(line);
    return taken;
  }

  /** Those that the line could not take now. All are sent in order before the first is answered. */
  async #countOn(line: string, taken: readonly Waiting[]): Promise<readonly Waiting[]> {
    try {
      const chains = this.#options.processes.catchUp(() => this.#withEarlier(line, taken));
      const all = chains ? await chains : taken;
      const taking = await Promise.all(all.map(({ source, moves }) => this.#submit(line, source, moves)));
      return taking.every((isTaken) => isTaken) ? [] : taken;
    } catch (error) {
      if (error instanceof StoreUnavailable) return taken;
      throw error;
    }
  }

  /** False if the line cannot take it now. */
  async #submit(line: string, source: CountedEvent, moves: AlsoCounts): Promise<boolean> {
    const { admission, submit, firstAnswer } = this.#options;
    const identity = identityOfCount(line, source.eventId);
    const decide = () => submit(line, countShipment(source, moves, admission.issue({ principal: 'system' }, identity)));
    const outcome = await admission.once(identity, decide, firstAnswer);
    if (!outcome.decided && isForNow(outcome)) return false;
    this.#remember(countOf(line, source));
    return true;
  }

  /**
   * With the events before them about the same entries, of which another instance may not have counted the newest yet: a
   * hold is never given up before it was counted.
   */
  async #withEarlier(line: string, taken: readonly Waiting[]): Promise<readonly Pick<Waiting, 'source' | 'moves'>[]> {
    const all: Pick<Waiting, 'source' | 'moves'>[] = [];
    for (const { source, moves } of taken) {
      const chain = [{ source, moves }];
      for (let before = earlierThan(source.event); before !== null; ) {
        const earlier = await this.#read(source.line, before);
        const moved = movesOf(earlier.event).find((each) => each.line === line);
        if (moved === undefined || this.#counted.has(countOf(line, earlier))) break;
        chain.unshift({ source: earlier, moves: moved });
        before = earlierThan(earlier.event);
      }
      all.push(...chain);
    }
    return all;
  }

  async #read(line: string, revision: number): Promise<CountedEvent> {
    const stored = await readRevision(this.#options.store, quotaStreamOf(line), revision);
    return { line, revision, eventId: stored.id, event: lineEventOf(stored) };
  }

  #remember(count: string): void {
    if (this.#counted.size >= countedMax) this.#counted.clear();
    this.#counted.add(count);
  }
}

/** The revision of the event before it about the same entry; null for the first. */
function earlierThan(event: LineEvent): number | null {
  if ('exportRevision' in event) return event.exportRevision;
  return 'reservationRevision' in event ? event.reservationRevision : null;
}

function countShipment({ line, revision, eventId, event }: CountedEvent, moves: AlsoCounts, issued: Issued): CountShipment {
  const { destination, exported: exportedBy, reserved: reservedBy, scopes } = moves;
  // What the shares permit is known when the line decides.
  const shareLimits = scopes && Object.fromEntries(scopes.map((scope) => [scope, noTpp]));
  return {
    type: 'CountShipment',
    fromLine: line,
    fromRevision: revision,
    fromEventId: eventId,
    shipmentId: shipmentIdOf(event),
    destination,
    exportedBy,
    reservedBy,
    ...(shareLimits && { shareLimits }),
    ...issued,
  };
}

function shipmentIdOf(event: LineEvent): string {
  if (event.type === 'ExportDebited') return event.reservationId ?? event.exportId;
  if (event.type === 'ExportReversed') return event.exportId;
  return 'reservationId' in event ? event.reservationId : '';
}

/** The same for every attempt and instance. */
function identityOfCount(line: string, eventId: string): CommandIdentity | null {
  const identity = identityOf('system', `count on ${line}`, { principal: 'system', idempotencyKey: eventId, body: null });
  return identity && { ...identity, commandId: uuidV5(namespace, `${eventId} on ${line}`) };
}

function countOf(line: string, { eventId }: Pick<CountedEvent, 'eventId'>): string {
  return `${eventId} on ${line}`;
}

function placeOf({ line, revision }: Pick<CountedEvent, 'line' | 'revision'>): string {
  return `${line}@${revision}`;
}
