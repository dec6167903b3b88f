import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedEventStore, LogUnreadable, noStream, OutcomeUnknown, StoreUnavailable, type StoredEvent } from '#ledger';
import { someEvents } from '../contract/event-store.contract.js';

// A disk that gives back one bit otherwise, or less of a file, than was written. Whatever it is, the log reads as it was, or is
// refused in words that name the file.

const long = process.env['LONG'] === '1';
const files = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.head'] as const;
/** Of files that are looked at from end to end, every so many bytes; primes, so that all bits and kinds of bytes are met. */
const strides = { 'ledger.sqlite': 601, 'ledger.sqlite-wal': 61, 'ledger.head': 1 } as const;
const sampled = { 'ledger.sqlite': 40, 'ledger.sqlite-wal': 15, 'ledger.head': 6 } as const;

let folder: string;
let whole: string;
let truth: readonly StoredEvent[];
const streams = ['a', ...Array.from({ length: 40 }, (_, index) => `quota-country:${index}`)];

/** As a kill leaves it: events in the file and in the -wal, of streams that fill several pages of each index. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'quota-bit-flips-'));
  whole = path.join(folder, 'whole');
  const dataDir = path.join(folder, 'live');
  const grow = async (store: EmbeddedEventStore, count: number): Promise<void> => {
    for (const stream of streams) {
      const [last] = await store.readStream(stream, { limit: 1, backwards: true });
      const expected = last?.revision ?? noStream;
      await store.append(stream, expected, someEvents(stream, expected, count, 'x'.repeat(50)));
    }
  };
  const first = await EmbeddedEventStore.open({ dataDir });
  await first.append('many', noStream, someEvents('many', noStream, 1_500));
  await grow(first, 2);
  await first.close();
  const store = await EmbeddedEventStore.open({ dataDir });
  await store.append('a', 1, someEvents('a', 1, 3));
  await store.append('quota-country:7', 1, someEvents('quota-country:7', 1, 1));
  truth = await store.readAll({ after: 0, limit: 10_000 });
  cpSync(path.join(dataDir, 'log'), path.join(whole, 'log'), { recursive: true });
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Verdict = 'as it was' | 'refused';

/** @throws Error where something else than the truth is read or decided */
async function verdictOf(dataDir: string): Promise<Verdict> {
  const opened = await EmbeddedEventStore.open({ dataDir }).catch(named);
  if (opened === 'refused') return 'refused';
  try {
    const all = await opened.readAll({ after: 0, limit: 10_000 }).catch(named);
    if (all !== 'refused') expect(all).toEqual(truth);
    let verdict: Verdict = all === 'refused' ? 'refused' : 'as it was';
    for (const stream of [...streams, 'many']) {
      const events = truth.filter((event) => event.stream === stream);
      const last = await opened.readStream(stream, { limit: 1, backwards: true }).catch(named);
      const read = await opened.readStream(stream, { limit: 10_000 }).catch(named);
      if (last !== 'refused') expect(last).toEqual(events.slice(-1));
      if (read !== 'refused') expect(read).toEqual(events);
      if (last === 'refused' || read === 'refused') verdict = 'refused';
    }
    // Nothing is written over what is there, nor beside it.
    for (const stream of ['a', 'quota-country:7']) {
      const { revision } = truth.filter((event) => event.stream === stream).at(-1) as StoredEvent;
      const conflict = await opened.append(stream, revision - 1, someEvents(stream, revision - 1, 1, 'other')).catch(named);
      if (conflict === 'refused') verdict = 'refused';
      else expect(conflict).toEqual({ appended: false, actual: revision });
    }
    const next = await opened.append('a', 4, someEvents('a', 4, 1)).catch(named);
    if (next === 'refused') return 'refused';
    expect(next).toEqual({ appended: true, positions: [truth.length + 1] });
    return verdict;
  } finally {
    await opened.close();
  }
}

function named(error: unknown): 'refused' {
  if (!(error instanceof LogUnreadable || error instanceof StoreUnavailable || error instanceof OutcomeUnknown)) throw error;
  expect(error.message).toMatch(/ledger\.(sqlite|head)/);
  return 'refused';
}

async function verdictAfter(damage: (log: string) => void): Promise<Verdict> {
  const dataDir = mkdtempSync(path.join(folder, 'case-'));
  try {
    cpSync(whole, dataDir, { recursive: true });
    damage(path.join(dataDir, 'log'));
    return await verdictOf(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Numbers from 0 to below `limit`, always the same ones. */
function sample(count: number, limit: number, seed: number): readonly number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  });
}

function placesIn(name: (typeof files)[number], seed: number): readonly number[] {
  const { length } = readFileSync(path.join(whole, 'log', name));
  if (!long) return sample(sampled[name], length, seed);
  const stride = strides[name];
  return Array.from({ length: Math.ceil(length / stride) }, (_, index) => index * stride);
}

async function expectVerdicts(name: (typeof files)[number], seed: number, damage: (file: string, at: number) => void): Promise<void> {
  const verdicts: Verdict[] = [];
  for (const at of placesIn(name, seed)) {
    try {
      verdicts.push(await verdictAfter((log) => damage(path.join(log, name), at)));
    } catch (error) {
      throw new Error(`${name}, byte ${at}: ${String(error)}`, { cause: error });
    }
  }
  expect(verdicts.length).toBeGreaterThan(5);
  expect(verdicts).toContain('refused');
}

describe('a log of which', () => {
  it.each(files)('one bit of %s flipped is as it was or refused by name', async (name) => {
    expect(existsSync(path.join(whole, 'log', name))).toBe(true);
    await expectVerdicts(name, 4544, (file, at) => {
      const bytes = readFileSync(file);
      bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
      writeFileSync(file, bytes);
    });
  });

  it.each(files)('the end of %s is cut off is as it was or refused by name', async (name) => {
    await expectVerdicts(name, 4545, (file, at) => truncateSync(file, at));
  });

  it('nothing changed is as it was', async () => {
    expect(await verdictAfter(() => undefined)).toBe('as it was');
  });
});
