import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noStream, openEventStore, openLogReader, uuidV5, type EmbeddedEventStore, type NewEvent } from '#ledger';

// How fast the embedded store is on this machine. `node dist/test/bench/store.bench.js`; TMPDIR says on which disk.

const jsonBytes = 850;
const streams = 150;
const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const padding = 'x'.repeat(jsonBytes - 62);

const revisions = new Map<string, number>();

/** The next `count` events of one of the lines, and where they go. */
function nextAppend(line: number, count: number): Parameters<EmbeddedEventStore['append']> {
  const stream = `quota-country:${line}`;
  const expected = revisions.get(stream) ?? noStream;
  revisions.set(stream, expected + count);
  const events: NewEvent[] = [];
  for (let index = 1; index <= count; index += 1) {
    const id = uuidV5(namespace, `${stream} ${expected + index}`);
    const revision = String(expected + index).padStart(9, '0');
    events.push({ id, type: 'QuotaReserved', json: `{"a":"${padding}","b":"${revision}","type":"QuotaReserved","v":1}` });
  }
  return [stream, expected, events];
}

/** Runs the appends, prepared before the clock starts, `concurrency` at a time. @returns events per second, latencies in ms */
async function run(store: EmbeddedEventStore, appends: number, eventsEach: number, concurrency: number): Promise<string> {
  const prepared = Array.from({ length: appends }, (_, index) => nextAppend(index % streams, eventsEach));
  const latenciesMs: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    for (let mine = prepared[next++]; mine; mine = prepared[next++]) {
      const start = performance.now();
      const result = await store.append(...mine);
      if (!result.appended) throw new Error('a conflict');
      latenciesMs.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: concurrency }, client));
  const seconds = (performance.now() - start) / 1000;
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number): string => (latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0).toFixed(2);
  return `${perSecond(appends * eventsEach, seconds)} (p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${(latenciesMs.at(-1) ?? 0).toFixed(1)} ms)`;
}

function perSecond(events: number, seconds: number): string {
  return `${Math.round(events / seconds).toLocaleString('en')} events/s`;
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-bench-'));
  let store = await openEventStore({ dataDir });
  console.log(`1 client, 1 event each:       ${await run(store, 5_000, 1, 1)}`);
  console.log(`64 clients, 1 event each:     ${await run(store, 200_000, 1, 64)}`);
  console.log(`1 client, 100 events each:    ${await run(store, 1_000, 100, 1)}`);
  console.log(`8 clients, 100 events each:   ${await run(store, 4_000, 100, 8)}`);
  console.log(`4 clients, 1,000 events each: ${await run(store, 300, 1000, 4)}`);

  const head = await store.head();
  const reading = async (what: string, page: (after: number) => Promise<number> | number): Promise<void> => {
    const start = performance.now();
    for (let after = 0; after < head; ) after = await page(after);
    console.log(`${what} ${perSecond(head, (performance.now() - start) / 1000)}`);
  };
  const limit = 500;
  await reading('pages, through the reader:   ', async (after) => (await store.readAll({ after, limit })).at(-1)?.position ?? head);
  const log = openLogReader({ dataDir, port: store.followerPort() });
  await reading('pages, in the same thread:   ', (after) => log.readAll({ after, limit }).at(-1)?.position ?? head);
  log.close();

  await store.close();
  const bytes = statSync(join(dataDir, 'log', 'ledger.sqlite')).size;
  console.log(`the log:                      ${(bytes / head).toFixed(0)} bytes per event of ${jsonBytes} bytes`);
  const start = performance.now();
  store = await openEventStore({ dataDir });
  console.log(`opening ${head.toLocaleString('en')} events:      ${(performance.now() - start).toFixed(0)} ms`);
  await store.close();
  rmSync(dataDir, { recursive: true });
}

await main();
