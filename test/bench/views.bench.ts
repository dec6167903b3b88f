import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { digestOf, encodeEvent, eventId, openEventStore, quotaStreamOf, type LedgerEvent, type StoredEvent } from '#ledger';
import { openViews, ViewsFile, type Views } from '#projections';
import { LineReplay } from '../../libs/projections/src/testing/line-replay.js';

// How fast reservations are folded into the views file, by one thread.
// node dist/test/bench/views.bench.js [events] [lines] [batch]

const [eventsMax = 1_000_000, linesMax = 1, batchSize = 4_000] = process.argv.slice(2).map(Number);
const startMs = Date.parse('2026-03-01T00:00:00.000Z');

/** A log of reservations, made batch by batch so that it need not be kept. */
class ReservationLog {
  #position = 0;
  readonly #lines = new Map<string, number>();

  next(count: number): readonly StoredEvent[] {
    return Array.from({ length: count }, () => this.#reserve());
  }

  #reserve(): StoredEvent {
    this.#position += 1;
    const position = this.#position;
    const country = String.fromCharCode(65 + ((position * 7) % linesMax) / 26, 65 + (((position * 7) % linesMax) % 26));
    const line = `country:${country}`;
    const revision = (this.#lines.get(line) ?? -1) + 1;
    this.#lines.set(line, revision);
    const ms = startMs + position;
    const event = {
      type: 'QuotaReserved',
      v: 1,
      recordedAt: new Date(ms).toISOString(),
      principal: `exporter-${position % 20}`,
      nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
      prev: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      balanceMilliTpp: { allocation: 790_000_000_000_000, exported: 0, reserved: (revision + 1) * 15_832_000 },
      counts: { exports: 0, openReservations: revision + 1, refusals: 0 },
      rulebook: { hash: `sha256:${'0'.repeat(64)}`, id: 'us-ai-diffusion', version: '2025-01-15' },
      reservationId: randomUUID(),
      idempotencyKey: `key-${position}`,
      requestHash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      destination: country,
      exporter: `exporter-${position % 20}`,
      consignee: null,
      route: 'licence',
      items: [
        {
          chip: 'nvidia-h100-sxm5',
          description: null,
          eccn: '3A090.a',
          level: 'a',
          quantity: 1,
          milliTppPerUnit: 15_832_000,
        },
      ],
      milliTpp: 15_832_000,
      debitedMilliTpp: 15_832_000,
      reference: null,
      expiresAt: new Date(ms + 90 * 86_400_000).toISOString(),
    } as unknown as LedgerEvent;
    // Flat, as a string from a database is: not a chain of pieces that the first reader would have to join.
    const json = Buffer.from(encodeEvent(event)).toString('latin1');
    const stream = quotaStreamOf(line);
    return { stream, revision, position, id: eventId(stream, revision, digestOf(json)), type: event.type, json };
  }
}

function byStream(events: readonly StoredEvent[]): ReadonlyMap<string, readonly StoredEvent[]> {
  const streams = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const known = streams.get(event.stream);
    if (known) known.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
}

function rate(events: number, ms: number): string {
  return `${Math.round((events / ms) * 1000).toLocaleString('en')}/s`;
}

function benchApply(): void {
  const directory = mkdtempSync(join(tmpdir(), 'views-bench-'));
  const path = join(directory, 'views.sqlite');
  const file = new ViewsFile({ path, readEvent: () => undefined });
  const log = new ReservationLog();
  const marks: string[] = [];
  let longestMs = 0;
  let totalMs = 0;
  let partMs = 0;
  let cpuMs = 0;
  for (let done = 0; done < eventsMax; done += batchSize) {
    const batch = log.next(batchSize);
    for (const step of [() => void file.apply(batch), () => void file.tidy()]) {
      const start = performance.now();
      const cpuBefore = process.cpuUsage();
      step();
      const cpu = process.cpuUsage(cpuBefore);
      cpuMs += (cpu.user + cpu.system) / 1_000;
      const ms = performance.now() - start;
      longestMs = Math.max(longestMs, ms);
      totalMs += ms;
      partMs += ms;
    }
    if ((done + batchSize) % 200_000 === 0) {
      marks.push(rate(200_000, partMs));
      partMs = 0;
    }
  }
  console.log(`apply ${eventsMax} events, ${linesMax} line(s), batches of ${batchSize}: ${rate(eventsMax, totalMs)}`);
  console.log(`  by 200,000: ${marks.join(' ')}; longest step ${longestMs.toFixed(0)} ms`);
  console.log(
    `  file ${(statSync(path).size / 1e6).toFixed(0)} MB; by processor time (a core of its own): ${rate(eventsMax, cpuMs)}`,
  );
  file.close();
  const start = performance.now();
  const again = new ViewsFile({ path, readEvent: () => undefined });
  console.log(`  reopened in ${(performance.now() - start).toFixed(1)} ms`);
  again.close();
  rmSync(directory, { recursive: true });
}

function benchReplay(): void {
  const batch = new ReservationLog().next(50_000);
  const times = { parse: [] as number[], fold: [] as number[] };
  for (let round = 0; round < 5; round += 1) {
    let start = performance.now();
    for (const { json } of batch) JSON.parse(json);
    times.parse.push(performance.now() - start);
    start = performance.now();
    new LineReplay().fold(batch);
    times.fold.push(performance.now() - start);
  }
  const [parse, fold] = [Math.min(...times.parse), Math.min(...times.fold)];
  console.log(
    `replay: JSON.parse ${rate(batch.length, parse)}, fold into line views ${rate(batch.length, fold)}: ratio ${(parse / fold).toFixed(2)}`,
  );
}

/** The same in their thread, over an embedded log: catching up, opening again, reading one's own writes. */
async function benchThread(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'views-bench-'));
  const store = await openEventStore({ dataDir });
  const log = new ReservationLog();
  for (let done = 0; done < eventsMax; done += 5_000) {
    const batches = byStream(log.next(5_000));
    await Promise.all(
      Array.from(batches, ([stream, events]) => store.append(stream, (events[0]?.revision ?? 0) - 1, events)),
    );
  }
  const open = async (): Promise<{ views: Views; readyMs: number }> => {
    const start = performance.now();
    const views = await openViews({ dataDir, store });
    await views.ready();
    return { views, readyMs: performance.now() - start };
  };
  const first = await open();
  console.log(`thread: caught up with ${eventsMax} events at ${rate(eventsMax, first.readyMs)}`);
  await first.views.close();
  const { views, readyMs } = await open();
  console.log(`  opened again, up to date, in ${readyMs.toFixed(0)} ms`);
  const waits: number[] = [];
  for (let round = 0; round < 500; round += 1) {
    const [event] = log.next(1);
    if (!event) continue;
    const result = await store.append(event.stream, event.revision - 1, [event]);
    const start = performance.now();
    await views.waitFor(result.appended ? (result.positions[0] ?? 0) : 0, 5_000);
    waits.push(performance.now() - start);
  }
  waits.sort((a, b) => a - b);
  console.log(`  in the views after the append: median ${waits[250]?.toFixed(2)} ms, p99 ${waits[494]?.toFixed(2)} ms`);
  const questions: [string, () => Promise<unknown>][] = [
    ['first page', () => views.ask('reservations', { limit: 50 })],
    ['held to one destination', () => views.ask('reservations', { limit: 50, destination: 'AA', status: 'held' })],
    ['destination and exporter', () => views.ask('reservations', { limit: 50, destination: 'AA', exporter: 'exporter-3' })],
    [
      'destination and an exporter without any',
      () => views.ask('reservations', { limit: 50, destination: 'AA', exporter: 'exporter-3', status: 'lapsed' }),
    ],
    ['status without any', () => views.ask('reservations', { limit: 50, status: 'released' })],
  ];
  for (const [name, question] of questions) {
    const start = performance.now();
    await question();
    console.log(`  ${name}: ${(performance.now() - start).toFixed(1)} ms`);
  }
  const start = performance.now();
  await views.rebuild();
  console.log(`  rebuilt at ${rate(eventsMax, performance.now() - start)}`);
  console.log(`  process memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  await views.close();
  await store.close();
  rmSync(dataDir, { recursive: true });
}

benchApply();
benchReplay();
if (eventsMax >= 1_000_000) await benchThread();
