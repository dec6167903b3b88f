import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { EventStoreDBClient, jsonEvent, NO_STREAM, type AppendExpectedRevision, type JSONType } from '@eventstore/db-client';
import { type OpenLedger } from '../../apps/api/src/composition.js';
import { benchedCluster, isRealCluster } from './cluster-at-hand.js';
import { openBenched, reserveFor, type LoadServed } from './ledger-load.js';
import { medianOf } from './median.js';

const callersOfOneLine = [1, 8, 256];
const manyCallers = 256;
const secondsEach = 2;
const rounds = 5;
/** A hundred destinations, none of which is a part of the United States. */
const destinations =
  'AE SA IN BR MX TH VN MY ID PH KE NG EG ZA AR CL CO PE TR IL QA KW OM BH JO MA TN DZ GH CI SN CM UG TZ ET RW ZM MZ AO NA BW MU MG MW BJ BF NE TD GA CG BI SL GM TG KZ UZ KG TJ TM AZ AM GE UA RS BA ME MK AL BG RO HU CZ SK SI HR EE LV LT PL PT GR CY MT LU IS LI CH AT UY PY BO EC GY SR CR PA GT HN SV LK'
    .split(' ')
    .slice(0, 100);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** One hot country on a server that drops live subscriptions at large commits, side by side with one that does not. */
export async function overflowBench(folder: string): Promise<void> {
  const versions = isRealCluster ? [undefined] : ['24.10.4', '23.10.6'];
  const sides = [];
  for (const version of versions) {
    const cluster = await benchedCluster(version);
    const opened = await openBenched(cluster.url, prefixOf(), path.join(folder, `one-line-${version ?? 'real'}`));
    sides.push({ cluster, opened });
  }
  try {
    for (const callers of callersOfOneLine) {
      for (const { opened } of sides) await reserveFor(opened, callers, 1, ['AE']);
      const served: LoadServed[][] = sides.map(() => []);
      for (let round = 0; round < rounds; round += 1) {
        for (const [index, { opened }] of sides.entries()) served[index]?.push(await reserveFor(opened, callers, secondsEach, ['AE']));
      }
      for (const [index, { cluster, opened }] of sides.entries()) tellServed(`${cluster.name}, one country, ${callers} callers`, served[index] ?? [], opened);
      const [without = [], having] = served;
      if (!having) continue;
      const ratio = (of: keyof LoadServed): string => medianOf(having.map((one, round) => one[of] / (without[round]?.[of] ?? NaN))).toFixed(2);
      say(`  with overflows ${ratio('perSecond')} x the rate (goal 0.9) and ${ratio('p99')} x the p99 (goal 1.6)`);
    }
  } finally {
    for (const { cluster, opened } of sides) {
      await opened.close();
      await cluster.close();
    }
  }
}

/** A hundred lines at once, side by side with bare appends to as many streams. */
export async function manyLinesBench(folder: string): Promise<void> {
  const cluster = await benchedCluster();
  const opened = await openBenched(cluster.url, prefixOf(), path.join(folder, 'many-lines'));
  try {
    await reserveFor(opened, manyCallers, 2, destinations);
    const [event] = await opened.store.readStream(`quota-country:${destinations[0]}`, { limit: 1 });
    if (event === undefined) throw new Error('Nothing was reserved.');
    const data = JSON.parse(event.json) as JSONType;
    const [bare, ours]: [number[], LoadServed[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await appendFor(cluster.url, data));
      ours.push(await reserveFor(opened, manyCallers, secondsEach, destinations));
    }
    say(`${cluster.name}, bare appends to ${destinations.length} streams: ${medianOf(bare).toFixed(0)}/s`);
    tellServed(`${cluster.name}, ${destinations.length} lines, ${manyCallers} callers`, ours, opened);
    const ratio = medianOf(ours.map(({ perSecond }, round) => perSecond / (bare[round] ?? NaN)));
    say(`  ${ratio.toFixed(2)} x the bare appends (goal 0.6)`);
  } finally {
    await opened.close();
    await cluster.close();
  }
}

function tellServed(what: string, served: readonly LoadServed[], { clusterStatus }: OpenLedger): void {
  const [perSecond, p50, p99] = (['perSecond', 'p50', 'p99'] as const).map((of) => medianOf(served.map((one) => one[of])));
  const overflows = clusterStatus?.().overflows ?? 0;
  say(`${what}: ${perSecond?.toFixed(0)} reservations/s, p50 ${p50?.toFixed(1)} ms, p99 ${p99?.toFixed(1)} ms, ${overflows} overflows`);
}

/** Appends per second to all streams together, each at the revision of the one before it. */
async function appendFor(url: string, data: JSONType): Promise<number> {
  const client = EventStoreDBClient.connectionString(url);
  const startedAt = performance.now();
  const endsAt = startedAt + secondsEach * 1000;
  let appended = 0;
  const writer = async (): Promise<void> => {
    const stream = `bench-${randomUUID()}`;
    let expectedRevision: AppendExpectedRevision = NO_STREAM;
    while (performance.now() < endsAt) {
      const written: { readonly nextExpectedRevision: bigint } = await client.appendToStream(stream, [jsonEvent({ type: 'QuotaReserved', data })], { expectedRevision });
      expectedRevision = written.nextExpectedRevision;
      appended += 1;
    }
  };
  await Promise.all(destinations.map(writer));
  await client.dispose();
  return (appended * 1000) / (performance.now() - startedAt);
}

/** What is measured on a real cluster stays there, under a name of its own. */
function prefixOf(): string {
  return `bench-${randomUUID()}-`;
}
