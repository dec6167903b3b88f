import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirLocked, EventStoreDbEventStore, LogUnreadable, StoreUnavailable, type EventStore } from '#ledger';
import { Unreachable } from '../exit-code.js';

export interface ClusterOptions {
  readonly url: string;
  readonly prefix: string;
  /** For the copy of the cluster's log, which is kept there for the next time; left out: a folder that is gone afterwards. */
  readonly workDir?: string;
  /** Told of troubles that may pass. */
  readonly explain: (message: string) => void;
  /** How long the cluster may be away at the start; left out: half a minute. */
  readonly patienceMs?: number;
}

export interface OpenCluster {
  /** For messages, without user and password. */
  readonly name: string;
  readonly store: EventStore;
  close(): Promise<void>;
}

/**
 * Opens the log in an EventStoreDB cluster. Resolves when all that it has was copied to this machine.
 * @throws Unreachable if it does not answer; EventStoreMisconfigured for what a person has to mend
 */
export async function openCluster({ url, prefix, workDir, explain, patienceMs = 30_000 }: ClusterOptions): Promise<OpenCluster> {
  const { folder, leave } = workDir === undefined ? passingFolder() : { folder: workDir, leave: () => undefined };
  const trouble = new Trouble(folder, explain, patienceMs);
  try {
    const options = { url, prefix, dataDir: folder, explain: (message: string) => trouble.tell(message), signal: trouble.signal };
    const store = await EventStoreDbEventStore.open(options);
    const close = async (): Promise<void> => {
      await store.close();
      leave();
    };
    return { name: nameOf(url, prefix), store, close };
  } catch (error) {
    leave();
    const isOut = error instanceof DataDirLocked || error instanceof LogUnreadable || error instanceof StoreUnavailable;
    throw isOut ? new Unreachable(error.message) : error;
  } finally {
    trouble.end();
  }
}

/** Gives up when something is wrong and the copy of the log has not grown for as long as patience lasts. */
class Trouble {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #told: string | undefined;

  constructor(
    folder: string,
    private readonly explain: (message: string) => void,
    patienceMs: number,
  ) {
    let before = writtenAt(folder);
    this.#timer = setInterval(() => {
      const now = writtenAt(folder);
      if (now === before && this.#told !== undefined) this.#abort.abort(new Unreachable(this.#told));
      before = now;
    }, patienceMs);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  tell(message: string): void {
    this.#told = message;
    this.explain(message);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

function writtenAt(folder: string): number {
  const files = ['ledger.sqlite', 'ledger.sqlite-wal'].map((file) => statSync(join(folder, 'replica', file), { throwIfNoEntry: false }));
  return Math.max(0, ...files.map((file) => file?.mtimeMs ?? 0));
}

/** A folder that is gone when it is left, and when somebody interrupts the process. */
function passingFolder(): { readonly folder: string; readonly leave: () => void } {
  const folder = join(tmpdir(), `quota-replica-${randomUUID()}`);
  const leave = (): void => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupted);
    // A thread may still be writing there.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    leave();
    process.kill(process.pid, signal);
  };
  // Before there is anything to leave behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
  mkdirSync(folder, { mode: 0o700 });
  return { folder, leave };
}

function nameOf(url: string, prefix: string): string {
  const hosts = url.trim().replace(/\/\/[^/?]*@/, '//').replace(/\/?(\?.*)?$/s, '');
  return prefix === '' ? hosts : `${hosts} (streams ${prefix}…)`;
}
