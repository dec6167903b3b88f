import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BulkOrder, BulkResult } from './bulk-client.js';
import type { LoadOrder, LoadResult } from './load-client.js';
import { replayRates } from './replay-rate.js';
import { bodiesFor, writeRoomyRulebook } from './rulebook-file.js';
import { runClient } from './run-client.js';
import { startLedger, type Server } from '../server-process.js';

const reservations = 1_000_000;

/** A million reservations in bulk on one country, then everything that must stay flat: cost, memory, start-up, replay. */
export async function bulkBench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-bench-'));
  const dataDir = path.join(folder, 'data');
  const settings = { LEDGER_RULEBOOK: writeRoomyRulebook(folder) };
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    let server = await startLedger(dataDir, settings);
    say(`start-up, empty log: ${server.startedInMs.toFixed(0)} ms`);
    const empty = await single(server, 'SA');
    const bulk = await runClient<BulkOrder, BulkResult>('bulk-client', {
      port: server.port,
      reservations,
      linesPerRequest: 5_000,
      requestsAtOnce: 3,
      bodies: bodiesFor(['AE']),
    });
    say(
      `bulk: ${bulk.perSecond}/s over ${reservations} (${bulk.accepted} accepted), views at most ${bulk.viewsBehindMsMax.toFixed(0)} ms behind, ` +
        `${bulk.viewsCaughtUpMs.toFixed(0)} ms at the end, memory right after ${mebibytes(await server.rssBytes())} MiB`,
    );
    const full = await single(server, 'AE');
    const again = await single(server, 'SA');
    say(`one client: ${us(empty)} us on an empty ledger; then on the line with ${reservations} events ${us(full)} us, on a short line ${us(again)} us`);
    say(`flat: ${(full.p50Ms / again.p50Ms).toFixed(2)} x a short line, ${(full.p50Ms / empty.p50Ms).toFixed(2)} x an empty ledger`);
    await server.stop('SIGTERM');
    server = await startLedger(dataDir, settings);
    say(`start-up after a stop: ${server.startedInMs.toFixed(0)} ms`);
    await single(server, 'AE');
    say(`memory with ${reservations} events after a restart and load: ${mebibytes(await server.rssBytes())} MiB`);
    const killed = single(server, 'AE').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await server.stop('SIGKILL');
    await killed;
    server = await startLedger(dataDir, settings);
    say(`start-up after kill -9: ${server.startedInMs.toFixed(0)} ms`);
    await server.stop('SIGTERM');
    const { events, scanPerSecond, replayPerSecond, logFile } = await replayRates(dataDir);
    say(`log: ${(statSync(logFile).size / events).toFixed(0)} bytes per event over ${events} events`);
    say(`replay: ${replayPerSecond}/s, raw scan with JSON.parse ${scanPerSecond}/s, ratio ${(replayPerSecond / scanPerSecond).toFixed(2)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function single(server: Server, destination: string): Promise<LoadResult> {
  return runClient<LoadOrder, LoadResult>('load-client', {
    port: server.port,
    path: '/v1/reservations',
    clients: 1,
    durationMs: 3_000,
    warmUpMs: 2_000,
    bodies: bodiesFor([destination]).map((body) => JSON.stringify(body)),
  });
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

function us({ p50Ms }: LoadResult): string {
  return (p50Ms * 1000).toFixed(0);
}
