import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtInRulebook, countries } from '#rulebook';
import type { LoadOrder, LoadResult } from './load-client.js';
import { bodiesFor, writeRoomyRulebook } from './rulebook-file.js';
import { runClient } from './run-client.js';
import { startBaseline, startLedger, type Server } from '../server-process.js';

const rounds = 3;
const clients = 64;
const hot = bodiesFor(['AE']);

/** Durable reservations over HTTP, one hot country and 150 countries, against the same app answering by a constant. */
export async function httpBench(): Promise<void> {
  const rulebook = builtInRulebook();
  const now = Date.now();
  const many = countries.map(({ code }) => code).filter((code) => rulebook.groupOf(code, now) === 'allocation').slice(0, 150);
  const ledger = (bodies: typeof hot) => () => onLedger((server) => load(server, bodies));
  const runs: Record<string, LoadResult[]> = { baseline: [], 'one hot country': [], [`${many.length} countries`]: [] };
  for (let round = 0; round < rounds; round += 1) {
    runs['baseline']?.push(await onBaseline((server) => load(server, hot)));
    runs['one hot country']?.push(await ledger(hot)());
    runs[`${many.length} countries`]?.push(await ledger(bodiesFor(many))());
  }
  const baseline = median(runs['baseline'] ?? [], 'perSecond');
  for (const [name, results] of Object.entries(runs)) {
    const perSecond = median(results, 'perSecond');
    const ratio = (perSecond / baseline).toFixed(2);
    const statuses = JSON.stringify(results[0]?.answers);
    process.stdout.write(
      `http ${name}: ${perSecond}/s (${ratio} x baseline), p50 ${median(results, 'p50Ms').toFixed(2)} ms, p99 ${median(results, 'p99Ms').toFixed(2)} ms ${statuses}\n`,
    );
  }
}

function load(server: Server, bodies: typeof hot): Promise<LoadResult> {
  return runClient<LoadOrder, LoadResult>('load-client', {
    port: server.port,
    path: '/v1/reservations',
    clients,
    durationMs: 8_000,
    warmUpMs: 3_000,
    bodies: bodies.map((body) => JSON.stringify(body)),
  });
}

async function onBaseline<T>(measure: (server: Server) => Promise<T>): Promise<T> {
  const server = await startBaseline();
  try {
    return await measure(server);
  } finally {
    await server.stop('SIGTERM');
  }
}

async function onLedger<T>(measure: (server: Server) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-bench-'));
  const server = await startLedger(path.join(folder, 'data'), { LEDGER_RULEBOOK: writeRoomyRulebook(folder) });
  try {
    return await measure(server);
  } finally {
    await server.stop('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(results: readonly LoadResult[], member: 'perSecond' | 'p50Ms' | 'p99Ms'): number {
  const sorted = results.map((result) => result[member]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
