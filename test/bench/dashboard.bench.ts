import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { countries } from '#rulebook';
import { findChromium } from '#scripts/chromium';
import { startLedger, type Server } from '../server-process.js';
import type { BulkOrder, BulkResult } from './bulk-client.js';
import type { LoadOrder, LoadResult } from './load-client.js';
import { medianOf } from './median.js';
import { bodiesFor, writeRoomyRulebook } from './rulebook-file.js';
import { runClient } from './run-client.js';

const events = 100_000;
const opens = 9;
const sorts = 41;
const commits = 60;
const browsers = 500;
const rounds = 3;

/** What a browser sees of a ledger with 250 countries and 100,000 events, and what 500 of them cost the hot line. */
export async function dashboardBench(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    process.stdout.write('dashboard: there is no Chromium; npm test installs one.\n');
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-bench-'));
  const server = await startLedger(path.join(folder, 'data'), { LEDGER_RULEBOOK: writeRoomyRulebook(folder) });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const bodies = bodiesFor(countries.map(({ code }) => code).filter((code) => code !== 'US'));
    const filled = await runClient<BulkOrder, BulkResult>('bulk-client', { port: server.port, reservations: events, linesPerRequest: 5_000, requestsAtOnce: 2, bodies });
    process.stdout.write(`dashboard: ${filled.accepted} of ${events} reservations in ${filled.seconds.toFixed(1)} s\n`);
    const url = `http://127.0.0.1:${server.port}/?show=all`;
    const paints: number[] = [];
    const ready: number[] = [];
    for (let open = 0; open < opens; open += 1) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(url);
      await page.locator('table.rows tbody tr').first().waitFor();
      const [paint, interactive] = await page.evaluate<[number, number]>("[performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.now()]");
      paints.push(paint);
      ready.push(interactive);
      await page.close();
    }
    process.stdout.write(`dashboard opened ${opens} times: first paint ${medianOf(paints).toFixed(0)} ms, interactive ${medianOf(ready).toFixed(0)} ms (median; most ${Math.max(...ready).toFixed(0)} ms)\n`);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.getByRole('button', { name: /^Show all/ }).click();
    const sorting = await sortTimes(page);
    process.stdout.write(`dashboard sorting 250 rows: ${medianOf(sorting).toFixed(1)} ms (median), ${at(sorting, 0.95).toFixed(1)} ms (p95)\n`);
    const pixels = await commitToPixel(page, server.port);
    process.stdout.write(`dashboard commit to pixel, ${commits} reservations: ${medianOf(pixels).toFixed(0)} ms (median), ${at(pixels, 0.95).toFixed(0)} ms (p95)\n`);
    await page.close();
    await browserCost(server);
  } finally {
    await browser.close();
    await server.stop('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each from the click to the new order of the rows in the page, without painting. */
async function sortTimes(page: Page): Promise<number[]> {
  return page.evaluate<number[]>(`(async () => {
    const times = [];
    for (let round = 0; round < ${sorts}; round += 1) {
      const head = document.querySelectorAll('table.rows thead button')[round % 4];
      const from = performance.now();
      head.click();
      await new Promise((done) => setTimeout(done, 0));
      times.push(performance.now() - from);
    }
    return times;
  })()`);
}

/** From the answer to a reservation to the frame that shows it. */
async function commitToPixel(page: Page, port: number): Promise<number[]> {
  const times: number[] = [];
  for (let commit = 0; commit < commits; commit += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/v1/reservations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `pixel-${Date.now()}-${commit}` },
      body: JSON.stringify({ destination: 'AE', exporter: 'bench', items: [{ chip: 'nvidia-a100', quantity: 1 }] }),
    });
    const { position } = (await response.json()) as { readonly position: string };
    const committedAt = Date.now();
    const shownAt = await page.evaluate<number>(`new Promise((resolve) => {
      const look = () => {
        const shown = /position ([\\d\\s\u2009]+)/.exec(document.querySelector('.fresh').textContent);
        if (shown && Number(shown[1].replace(/\\D/g, '')) >= ${position}) resolve(Date.now());
        else requestAnimationFrame(look);
      };
      look();
    })`);
    times.push(shownAt - committedAt);
  }
  return times;
}

/** Reservations on one hot line with and without browsers that look on, in turns. */
async function browserCost(server: Server): Promise<void> {
  const without: number[] = [];
  const beside: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    without.push((await load(server)).perSecond);
    const readers = spawn(process.execPath, [fileURLToPath(new URL('./stream-readers.js', import.meta.url)), String(server.port), String(browsers)], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => readers.stdout.once('data', resolve));
    beside.push((await load(server)).perSecond);
    readers.stdin.end();
    await new Promise((resolve) => readers.once('exit', resolve));
  }
  const [alone, watched] = [medianOf(without), medianOf(beside)];
  process.stdout.write(`dashboard hot line alone ${alone}/s, beside ${browsers} browsers ${watched}/s: ${(watched / alone).toFixed(2)} x\n`);
}

function load({ port }: Server): Promise<LoadResult> {
  const bodies = bodiesFor(['AE']).map((body) => JSON.stringify(body));
  return runClient<LoadOrder, LoadResult>('load-client', { port, path: '/v1/reservations', clients: 64, durationMs: 5_000, warmUpMs: 1_000, bodies });
}

function at(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}
