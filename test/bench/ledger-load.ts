import { randomUUID } from 'node:crypto';
import { openLedger, type OpenLedger } from '../../apps/api/src/composition.js';
import { readConfig } from '../../apps/api/src/config.js';

/** How a load was served. Milliseconds. */
export interface LoadServed {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const shipment = { exporter: 'bench', items: [{ chip: 'nvidia-a100', quantity: 1 }] };

/** A ledger without HTTP, views included, as one of a cluster. */
export function openBenched(url: string, prefix: string, dataDir: string): Promise<OpenLedger> {
  const config = readConfig({ LEDGER_EVENTSTORE_URL: url, LEDGER_STREAM_PREFIX: prefix, LEDGER_DATA_DIR: dataDir });
  const fail = (reason: Error | string): never => {
    throw reason instanceof Error ? reason : new Error(reason);
  };
  return openLedger(config, { explain: (text) => void process.stdout.write(`${text}\n`), onFatal: fail, onSuperseded: fail });
}

/** Durable reservations of so many callers, each of whom waits for the answer and goes on to the next destination. */
export async function reserveFor({ ledger }: OpenLedger, callers: number, seconds: number, destinations: readonly string[]): Promise<LoadServed> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const took: number[] = [];
  const caller = async (_: unknown, first: number): Promise<void> => {
    for (let next = first; performance.now() < endsAt; next += 1) {
      const [key, sentAt] = [randomUUID(), performance.now()];
      const destination = destinations[next % destinations.length] as string;
      const outcome = await ledger.reserve({ ...shipment, destination }, { principal: 'bench', idempotencyKey: key, body: key });
      if (!outcome.decided) throw new Error(outcome.detail);
      took.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const perSecond = (took.length * 1000) / (performance.now() - startedAt);
  took.sort((one, other) => one - other);
  const at = (share: number): number => took[Math.floor(took.length * share)] ?? NaN;
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}
