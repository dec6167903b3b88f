import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { ForkedEventStoreDb } from '../eventstoredb/forked-event-store-db.js';
import { startLedger, type Server } from '../server-process.js';
import { medianOf } from './median.js';

const rounds = 3;
const body = JSON.stringify({ destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] });
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * How long a caller waits for the 503 while a cluster is gone, and how long after its return, or after an election,
 * until something is reserved again. Always on the test server: it goes away when it is told to.
 */
export async function outageBench(folder: string): Promise<void> {
  const cluster = await ForkedEventStoreDb.start({ nodes: 3 });
  const settings = { LEDGER_EVENTSTORE_URL: cluster.url };
  const server = await startLedger(path.join(folder, 'outage'), settings);
  try {
    const outages: readonly (readonly [name: string, goalMs: number, begin: () => Promise<void>, end: (next: number) => Promise<void>])[] = [
      ['the cluster is gone', 10_000, () => cluster.stop(), () => cluster.startAgain()],
      ['the leader lost its peers', 5_000, () => cluster.cutOff(0), (next) => cluster.elect(next)],
      ['the leader is cut off from everybody', 5_000, () => cluster.cutOff(0, true), (next) => cluster.elect(next)],
    ];
    for (const [name, goalMs, begin, end] of outages) {
      const [refused, back]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round += 1) {
        await reserved(server);
        await begin();
        refused.push(await answerMs(server));
        await end(1);
        const endedAt = performance.now();
        await reserved(server);
        back.push(performance.now() - endedAt);
        await cluster.reunite();
        await cluster.elect(0);
      }
      say(`cluster, ${name}: answered after ${ms(refused)} ms (goal 5,000), reserving again ${ms(back)} ms after its end (goal ${goalMs})`);
    }
  } finally {
    await server.stop('SIGTERM');
    await cluster.close();
  }
}

function ms(times: readonly number[]): string {
  return `${medianOf(times).toFixed(0)} (at most ${Math.max(...times).toFixed(0)})`;
}

async function reserve(server: Server): Promise<number> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
  const answer = await fetch(`http://127.0.0.1:${server.port}/v1/reservations`, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

async function reserved(server: Server): Promise<void> {
  while ((await reserve(server)) !== 201) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function answerMs(server: Server): Promise<number> {
  const askedAt = performance.now();
  await reserve(server);
  return performance.now() - askedAt;
}
