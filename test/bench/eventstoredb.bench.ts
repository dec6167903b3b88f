import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventStoreDBClient, jsonEvent, NO_STREAM, streamNameFilter, type AppendExpectedRevision, type JSONType } from '@eventstore/db-client';
import { digestOf, eventId, openEventStore } from '#ledger';
import { benchedCluster } from './cluster-at-hand.js';
import { manyLinesBench, overflowBench } from './cluster-lines.bench.js';
import { outageBench } from './cluster-outage.bench.js';
import { openBenched, reserveFor } from './ledger-load.js';
import { medianOf } from './median.js';

const commandsAtOnce = [1_024, 256];
const secondsEach = 4;
const rounds = 5;
const eventsFilled = 60_000;
/** The bare appends beside it are no events of a ledger. */
const prefix = `bench-${randomUUID()}-ledger-`;
const filter = streamNameFilter({ prefixes: [`${prefix}quota-`] });
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * One hot country on a cluster: a ledger with many callers against one append per command, and following the log
 * against a bare subscription. The server is the one that LEDGER_EVENTSTORE_URL names, else the test server in a process of
 * its own. What is written to a real one stays there, under a prefix of this run.
 */
export async function eventStoreDbBench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-bench-'));
  const cluster = await benchedCluster();
  try {
    say(`cluster: ${cluster.name}`);
    const example = await reservations(cluster.url, folder);
    await fill(cluster.url, example);
    await following(cluster.url, folder);
  } finally {
    await cluster.close();
  }
  try {
    await overflowBench(folder);
    await manyLinesBench(folder);
    await outageBench(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns an event as they are */
async function reservations(url: string, folder: string): Promise<JSONType> {
  const opened = await openBenched(url, prefix, path.join(folder, 'instance'));
  try {
    const { perSecond: one } = await reserveFor(opened, 1, 0.5, ['AE']);
    const [example] = await opened.store.readStream('quota-country:AE', { limit: 1 });
    if (example === undefined) throw new Error('Nothing was reserved.');
    const data = JSON.parse(example.json) as JSONType;
    const bare: number[] = [];
    const ours = commandsAtOnce.map((callers) => ({ callers, rates: [] as number[] }));
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await appendFor(url, data));
      for (const { callers, rates } of ours) rates.push((await reserveFor(opened, callers, secondsEach, ['AE'])).perSecond);
    }
    say(`cluster, one caller: ${one.toFixed(0)} reservations/s`);
    say(`cluster, one append per command: ${medianOf(bare).toFixed(0)}/s`);
    for (const { callers, rates } of ours) {
      // Round by round: what the host does meanwhile falls on both.
      const ratio = medianOf(rates.map((rate, round) => rate / (bare[round] ?? NaN)));
      say(`cluster, ${callers} callers on one country: ${medianOf(rates).toFixed(0)} reservations/s, ${ratio.toFixed(1)} x (goal 5)`);
    }
    return data;
  } finally {
    await opened.close();
  }
}

/** Appends per second, one event each and each at the revision of the one before it: a stream takes no more at once. */
async function appendFor(url: string, data: JSONType): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  const stream = `bench-${randomUUID()}`;
  const startedAt = performance.now();
  const endsAt = startedAt + secondsEach * 1000;
  let expectedRevision: AppendExpectedRevision = NO_STREAM;
  let appended = 0;
  while (performance.now() < endsAt) {
    const written: { readonly nextExpectedRevision: bigint } = await client.appendToStream(stream, [jsonEvent({ type: 'QuotaReserved', data })], { expectedRevision });
    expectedRevision = written.nextExpectedRevision;
    appended += 1;
  }
  await client.dispose();
  return (appended * 1000) / (performance.now() - startedAt);
}

/** Events enough to follow, in some streams. */
async function fill(url: string, data: JSONType): Promise<void> {
  const client = EventStoreDBClient.connectionString(url);
  const digest = digestOf(JSON.stringify(data));
  for (let stream = 0; stream < eventsFilled / 500; stream += 1) {
    const name = `quota-bench:${stream}`;
    const events = Array.from({ length: 500 }, (_, revision) => jsonEvent({ id: eventId(name, revision, digest), type: 'QuotaReserved', data }));
    await client.appendToStream(`${prefix}${name}`, events, { expectedRevision: NO_STREAM });
  }
  await client.dispose();
}

async function following(url: string, folder: string): Promise<void> {
  const events = await count(url);
  const [bare, ours]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await subscribe(url, events));
    ours.push(await follow(url, events, path.join(folder, `follower-${round}`)));
  }
  const ratio = medianOf(ours.map((rate, round) => rate / (bare[round] ?? NaN)));
  say(`cluster, a bare subscription: ${medianOf(bare).toFixed(0)} events/s; following through the store: ${medianOf(ours).toFixed(0)} events/s, ${ratio.toFixed(2)} x (goal 0.8)`);
}

/** Events of lines in the log. */
async function count(url: string): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  const subscription = client.subscribeToAll({ filter });
  let events = 0;
  subscription.on('data', () => (events += 1));
  await once(subscription, 'caughtUp');
  await subscription.unsubscribe();
  await client.dispose();
  return events;
}

/** Events per second of the client's own subscription, from the start of the log. */
async function subscribe(url: string, events: number): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  const startedAt = performance.now();
  const subscription = client.subscribeToAll({ filter });
  let seen = 0;
  for await (const { event } of subscription) {
    if (event !== undefined) seen += 1;
    if (seen === events) break;
  }
  const perSecond = (seen * 1000) / (performance.now() - startedAt);
  await subscription.unsubscribe();
  await client.dispose();
  return perSecond;
}

/**
 * The same through the store: into an empty copy of the log, and out of it to a follower. Opening a store, which starts
 * threads whatever there is to follow, is taken off.
 */
async function follow(url: string, wanted: number, dataDir: string): Promise<number> {
  const openingStartedAt = performance.now();
  const nothing = await openEventStore({ dataDir: `${dataDir}-nothing`, url, prefix: `${prefix}nothing-` });
  const openingMs = performance.now() - openingStartedAt;
  await nothing.close();
  const startedAt = performance.now();
  const store = await openEventStore({ dataDir, url, prefix });
  const enough = new AbortController();
  let seen = 0;
  for await (const events of store.follow(0, enough.signal)) {
    seen += events.filter(({ stream }) => stream.startsWith('quota-')).length;
    if (seen >= wanted) enough.abort();
  }
  const perSecond = (seen * 1000) / (performance.now() - startedAt - openingMs);
  await store.close();
  return perSecond;
}
