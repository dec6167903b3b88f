import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendDurably, EventStoreDbEventStore, type EventStoreDbOptions, type StoredEvent } from '#ledger';
import { EventStoreDb } from '../eventstoredb/event-store-db.js';
import type { ServerOptions } from '../eventstoredb/server-options.js';
import { someEvents } from './event-store.contract.js';

/** Short, so that a suite need not wait for what never comes, and long enough for a busy machine. */
export const shortLimits = { appendMs: 1_500, readMs: 1_500, returnMs: 250, silenceMs: 1_000 };

/** A cluster, stores that work on it, and what they have explained. */
export class ClusterUnderTest {
  readonly explained: string[] = [];
  readonly fatal: Error[] = [];
  readonly #dirs: string[] = [];
  readonly #stores: EventStoreDbEventStore[] = [];

  private constructor(readonly server: EventStoreDb) {}

  static async start(options?: ServerOptions): Promise<ClusterUnderTest> {
    return new ClusterUnderTest(await EventStoreDb.start(options));
  }

  newDataDir(): string {
    const dir = mkdtempSync(join(tmpdir(), 'quota-ledger-cluster-'));
    this.#dirs.push(dir);
    return dir;
  }

  async open(options: Partial<EventStoreDbOptions> = {}): Promise<EventStoreDbEventStore> {
    const store = await EventStoreDbEventStore.open({
      url: this.server.url,
      dataDir: options.dataDir ?? this.newDataDir(),
      timeLimits: shortLimits,
      explain: (message) => this.explained.push(message),
      onFatal: (reason) => this.fatal.push(reason),
      ...options,
    });
    this.#stores.push(store);
    return store;
  }

  async close(): Promise<void> {
    this.server.faults.lift();
    await Promise.all(this.#stores.map((store) => store.close()));
    await this.server.close();
    for (const dir of this.#dirs) rmSync(dir, { recursive: true });
  }
}

/** Resolves when a condition holds; the suite's own limit of time ends a vain wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** An append that is sent until its outcome is known, through unavailability too. */
export async function surely(store: EventStoreDbEventStore, stream: string, expected: number, count = 1): Promise<void> {
  for (;;) {
    try {
      const result = await appendDurably(store, stream, expected, someEvents(stream, expected, count));
      if (!result.appended && result.actual !== expected + count) throw new Error(`${stream} is at ${result.actual}`);
      return;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'StoreUnavailable') throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** What an append was rejected with. */
export async function rejection(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => new Error('it was not rejected'),
    (error: unknown) => error as Error,
  );
}

/** Follows a store in the background from the beginning. */
export class Follower {
  readonly events: StoredEvent[] = [];
  readonly #stop = new AbortController();
  readonly ended: Promise<void>;

  constructor(store: EventStoreDbEventStore) {
    this.ended = this.#follow(store);
  }

  async #follow(store: EventStoreDbEventStore): Promise<void> {
    for await (const batch of store.follow(0, this.#stop.signal)) this.events.push(...batch);
  }

  /** `stream@revision` of all that came, in order. */
  get seen(): string[] {
    return this.events.map(({ stream, revision }) => `${stream}@${revision}`);
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }
}

