import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import type { WeightExportRequest } from '../weights/weights-request.js';
import { dayMs, decided, hourMs, MemoryLedger, smallCaps, start, word } from '../testing/memory-ledger.js';

/** What the store takes in one append, and throws for more: the rulebook fits, some hundred reservations do not. */
const appendBytesMax = 120_000;
const tooLong = 'x'.repeat(appendBytesMax);

function limited(): Promise<MemoryLedger> {
  return MemoryLedger.open({ rulebook: smallCaps({}, { AE: 5_000 }) }, new MemoryEventStore([], { appendBytesMax }));
}

const appendsTo = (memory: MemoryLedger, stream: string): number => memory.store.appends.filter((each) => each.stream === stream).length;

describe('a store that takes so many bytes at once', () => {
  it('gets the batch of a line in several appends, in the order of the calls', async () => {
    const memory = await limited();
    const asked = Array.from({ length: 400 }, (_, n) => memory.reserve(1, { reference: `${n}` }));
    const outcomes = (await Promise.all(asked)).map(decided);
    expect(outcomes.map(({ revision }) => revision)).toEqual(asked.map((_, n) => n));
    expect(appendsTo(memory, 'quota-country:AE')).toBeGreaterThan(2);
  });

  it('gets a mass of lapses in several appends, and decides what waits for them', async () => {
    const memory = await limited();
    await Promise.all(Array.from({ length: 300 }, () => memory.reserve(16, { expiresAt: start + hourMs })));
    const before = appendsTo(memory, 'quota-country:AE');
    memory.now += dayMs;
    expect(word(await memory.reserve(4_900))).toBe('QuotaReserved');
    const types = await memory.types();
    expect(types.filter((type) => type === 'ReservationLapsed')).toHaveLength(300);
    expect(appendsTo(memory, 'quota-country:AE') - before).toBeGreaterThan(1);
  });

  it('refuses what could never fit, for good, and nothing beside it', async () => {
    const memory = await limited();
    const asked = [memory.reserve(1), memory.reserve(1, { reference: tooLong }), memory.reserve(1)];
    const outcomes = await Promise.all(asked);
    expect(outcomes.map(word)).toEqual(['QuotaReserved', 'invalid-request', 'QuotaReserved']);
    expect(outcomes[1]).toMatchObject({ detail: expect.stringContaining('more bytes than the event store takes at once (120000)') as string });
  });

  it('gets the register of companies in several appends', async () => {
    const memory = await limited();
    const register = (name: string) => memory.ledger.companies.registerCompany({ name }, memory.caller());
    const long = (n: number): string => `${n} ${'name '.repeat(8_000)}`;
    const outcomes = await Promise.all([register('First'), ...[1, 2, 3, 4, 5].map((n) => register(long(n))), register(tooLong), register('Last')]);
    expect(outcomes.map((outcome) => outcome.decided || outcome.code)).toEqual([true, true, true, true, true, true, 'invalid-request', true]);
    expect(appendsTo(memory, 'companies')).toBeGreaterThan(1);
  });

  it('gets exports of weights in several appends', async () => {
    const memory = await limited();
    const weights: WeightExportRequest = {
      exporter: 'acme',
      weights: { published: false, trainingOperations: 2e26, syntheticData: 'none', derivedFrom: 'none', origin: 'us' },
      consignee: { country: 'AE', headquarters: 'AE', ultimateParent: 'none' },
      exportedAt: start - hourMs,
    };
    const record = (reference: string) => memory.ledger.weights.record({ ...weights, reference }, memory.caller());
    const outcomes = await Promise.all([...Array.from({ length: 80 }, (_, n) => record(`${n}`)), record(tooLong), record('last')]);
    expect(outcomes.map((outcome) => (outcome.decided ? outcome.revision : outcome.code))).toEqual([...Array.from({ length: 80 }, (_, n) => n), 'invalid-request', 80]);
    expect(appendsTo(memory, 'weights:acme')).toBeGreaterThan(1);
  });
});
