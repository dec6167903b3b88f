import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../apps/api/src/config.js';
import { startServer } from '../../apps/api/src/server.js';
import { EventStoreDb } from '../eventstoredb/event-store-db.js';

const shipment = { exporter: 'acme-semi', destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] };

/** What /metrics of an instance of a cluster says after one reservation: every metric that there is. */
export async function metricsOfInstance(): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'quota-metrics-'));
  const cluster = await EventStoreDb.start();
  try {
    const config = readConfig({ PORT: '0', LEDGER_DATA_DIR: dataDir, LEDGER_EVENTSTORE_URL: cluster.url });
    const fail = (error: unknown): never => {
      throw error;
    };
    const server = await startServer(config, pino({ level: 'silent' }), { onFatal: fail, onSuperseded: fail });
    try {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'metrics-of-instance' };
      await fetch(`${server.url}/v1/reservations`, { method: 'POST', headers, body: JSON.stringify(shipment) });
      return await (await fetch(`${server.url}/metrics`)).text();
    } finally {
      await server.close();
    }
  } finally {
    await cluster.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
