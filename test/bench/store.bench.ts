import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, EmbeddedEventStore, eventId, noStream, openLogReader, type NewEvent } from '#ledger';

// How fast the embedded store is on this machine. `node dist/test/bench/store.bench.js`; TMPDIR says on which disk.

const jsonBytes = 850;
const streams = 150;
const padding = 'x'.repeat(jsonBytes - 62);

const revisions = new Map<string, number>();

/** The next `count` events of one of the lines, and where they go. */
function nextAppend(line: number, count: number): Parameters<EmbeddedEventStore['append']> {
  const stream = `quota-country:${line}`;
  const expected = revisions.get(stream) ?? noStream;
  revisions.set(stream, expected + count);
  const events: NewEvent[] = [];
  for (let index = 1; index <= count; index += 1) {
    const revision = String(expected + index).padStart(9, '0');
    const json = `{"a":"${padding}","b":"${revision}","type":"QuotaReserved","v":1}`;
    const id = eventId(stream, expected + index, digestOf(json));
    events.push({ id, type: 'QuotaReserved', json });
  }
  return [stream, expected, events];
}

interface Load {
  readonly appends: number;
  readonly eventsEach: number;
  readonly clients: number;
}

/** Appends what was prepared before the clock starts. */
async function run(store: EmbeddedEventStore, { appends, eventsEach, clients }: Load): Promise<void> {
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
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1000;
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number): string => `${(latenciesMs[Math.ceil(appends * share) - 1] ?? 0).toFixed(2)} ms`;
  const what = `${clients} clients, ${eventsEach} events each:`.padEnd(30);
  console.log(`${what} ${perSecond(appends * eventsEach, seconds)} (p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)})`);
}

function perSecond(events: number, seconds: number): string {
  return `${Math.round(events / seconds).toLocaleString('en')} events/s`;
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-bench-'));
  let store = await EmbeddedEventStore.open({ dataDir });
  await run(store, { clients: 1, eventsEach: 1, appends: 5_000 });
  await run(store, { clients: 64, eventsEach: 1, appends: 200_000 });
  await run(store, { clients: 1, eventsEach: 100, appends: 1_000 });
  await run(store, { clients: 8, eventsEach: 100, appends: 4_000 });
  await run(store, { clients: 4, eventsEach: 1_000, appends: 300 });
  console.log(`the write-ahead log:          ${Math.round(statSync(`${store.logFile}-wal`).size / 2 ** 20)} MiB`);

  const head = await store.head();
  const reading = async (what: string, page: (after: number) => Promise<number> | number): Promise<void> => {
    const start = performance.now();
    for (let after = 0; after < head; ) after = await page(after);
    console.log(`${what} ${perSecond(head, (performance.now() - start) / 1000)}`);
  };
  const limit = 500;
  const pageOfStore = async (after: number): Promise<number> => {
    const page = await store.readAll({ after, limit });
    return page.at(-1)?.position ?? head;
  };
  await reading('pages, through the reader:   ', pageOfStore);
  const log = openLogReader({ file: store.logFile, port: store.followerPort() });
  await reading('pages, in the same thread:   ', (after) => log.readAll({ after, limit }).at(-1)?.position ?? head);
  log.close();

  await store.close();
  const bytes = statSync(join(dataDir, 'log', 'ledger.sqlite')).size;
  console.log(`the log:                      ${(bytes / head).toFixed(0)} bytes per event of ${jsonBytes} bytes`);
  const start = performance.now();
  store = await EmbeddedEventStore.open({ dataDir });
  console.log(`opening ${head.toLocaleString('en')} events:      ${(performance.now() - start).toFixed(0)} ms`);
  await store.close();
  rmSync(dataDir, { recursive: true });
}

await main();
