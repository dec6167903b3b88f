import { builtInRulebook, loadRulebook } from '#rulebook';
import type { WeightExportRequest } from '../weights/weights-request.js';
import { FakeCompanies } from '../testing/fake-companies.js';
import type { Caller } from '../requests/ledger-request.js';
import { dayMs, hourMs, MemoryLedger, start, word as wordOfLine } from '../testing/memory-ledger.js';
import type { WeightsOutcome } from './weights-ledger.js';
import type { WeightsDecided } from './weights-stream.js';

const complies = { paragraph14: true, paragraph15: true, paragraph18: true } as const;
const request: WeightExportRequest = {
  exporter: 'acme',
  weights: { published: false, trainingOperations: 2e26, syntheticData: 'none', derivedFrom: 'none', origin: 'us' },
  consignee: { name: 'Albion Compute', country: 'GB', headquarters: 'GB', ultimateParent: 'none', facility: complies },
  exportedAt: start - hourMs,
};
const refusedRequest: WeightExportRequest = { ...request, consignee: { country: 'AE', headquarters: 'AE', ultimateParent: 'none' } };

function record(
  memory: MemoryLedger,
  over: Partial<WeightExportRequest> = {},
  caller: Caller = memory.caller(),
): Promise<WeightsOutcome> {
  return memory.ledger.weights.record({ ...request, ...over }, caller);
}

function decided(outcome: WeightsOutcome): WeightsDecided {
  if (!outcome.decided) throw new Error(`Not decided: ${outcome.code}: ${outcome.detail}`);
  return outcome;
}

const word = (outcome: WeightsOutcome): string => (outcome.decided ? outcome.event.type : outcome.code);

async function streamOf(memory: MemoryLedger, exporter = 'acme'): Promise<readonly string[]> {
  return (await memory.log()).filter(({ stream }) => stream === `weights:${exporter}`).map(({ json }) => json);
}

describe('an export of weights', () => {
  it('is recorded in the stream of its exporter, with facts, determination and rulebook', async () => {
    const memory = await MemoryLedger.open();
    const { event, revision } = decided(await record(memory, { reference: 'WE-1' }));
    expect(revision).toBe(0);
    expect(event).toMatchObject({
      type: 'WeightExportRecorded',
      exporter: 'acme',
      weights: request.weights,
      consignee: request.consignee,
      exportedAt: new Date(start - hourMs).toISOString(),
      recordedAt: new Date(start).toISOString(),
      route: 'aia',
      reference: 'WE-1',
      determination: { control: 'controlled', route: 'aia', decidedBy: 'threshold' },
      rulebook: memory.ledger.rulebook.reference,
    });
    expect(event).not.toHaveProperty('asked');
    expect((await streamOf(memory)).map((json) => JSON.parse(json) as unknown)).toEqual([event]);
    expect(memory.ledger.position).toBe(2);
  });

  it('that the rules refuse is recorded as that, with the reasons', async () => {
    const memory = await MemoryLedger.open();
    const { event } = decided(await record(memory, refusedRequest));
    expect(event).toMatchObject({ type: 'WeightExportRefused', code: 'route-not-applicable', route: 'licence' });
    expect(event).not.toHaveProperty('obligations');
  });

  it.each<[string, Partial<WeightExportRequest>]>([
    ['classification-unknown', { weights: {} }],
    ['contradictory-facts', { weights: { ...request.weights, trainingOperations: 1, derivedFrom: { furtherOperations: 2 } } }],
    ['invalid-request', { weights: { ...request.weights, trainingOperations: 0.5 } }],
    ['invalid-request', { exportedAt: start + dayMs + 1 }],
    ['not-an-export', { consignee: { country: 'US' } }],
  ])('is %s: nothing is recorded and the key stays free', async (code, over) => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    expect(word(await record(memory, over, caller))).toBe(code);
    expect(await streamOf(memory)).toEqual([]);
    expect(word(await record(memory, {}, caller))).toBe('WeightExportRecorded');
  });

  it('needs a key, and a rulebook that knows of weights', async () => {
    const memory = await MemoryLedger.open();
    expect(word(await record(memory, {}, memory.caller(null)))).toBe('idempotency-key-missing');
    const { weights: _, ...without } = builtInRulebook().document;
    await memory.restart({ rulebook: loadRulebook(without) });
    expect(word(await record(memory))).toBe('not-in-this-rulebook');
    expect(memory.ledger.weights.determine(request)).toMatchObject({ code: 'not-in-this-rulebook' });
  });

  it('does not contradict the register of companies', async () => {
    const companies = new FakeCompanies().add('Albion Compute', { headquarters: 'CN' });
    const memory = await MemoryLedger.open({ companies });
    const outcome = await record(memory);
    expect(outcome).toMatchObject({ code: 'contradictory-facts', errors: [{ pointer: '/consignee/headquarters' }] });
    expect(memory.ledger.weights.determine(request)).toEqual(outcome);
    expect(await streamOf(memory)).toEqual([]);
    companies.add('Albion Compute', { headquarters: 'GB' });
    expect(word(await record(memory))).toBe('WeightExportRecorded');
  });

  it.each([request, refusedRequest])('gets its first answer again: at once, in flight, from the log and after a restart', async (asked) => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    const [first, inFlight] = await Promise.all([record(memory, asked, caller), record(memory, asked, caller)]);
    const replayed = { ...first, replayed: true };
    expect(inFlight).toEqual(replayed);
    memory.now += 40 * dayMs;
    expect(await record(memory, asked, caller)).toEqual(replayed);
    await memory.index.reach(memory.store);
    expect(await record(memory, asked, caller)).toEqual(replayed);
    await memory.restart();
    expect(await record(memory, asked, caller)).toEqual(replayed);
    expect(word(await record(memory, asked, { ...caller, body: 'other' }))).toBe('idempotency-key-reused');
    expect(await streamOf(memory)).toHaveLength(1);
  });

  it('shares its keys with the other operations of the exporter', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    await record(memory, {}, caller);
    expect(wordOfLine(await memory.reserve(1, {}, caller))).toBe('idempotency-key-reused');
    await memory.restart();
    expect(wordOfLine(await memory.reserve(1, {}, caller))).toBe('idempotency-key-reused');
    const other = memory.caller();
    await memory.reserve(1, {}, other);
    expect(word(await record(memory, {}, other))).toBe('idempotency-key-reused');
  });

  it('stands in the order of the calls, sealed to the one before, however many come at once', async () => {
    const memory = await MemoryLedger.open();
    const outcomes = await Promise.all(Array.from({ length: 1200 }, () => record(memory)));
    expect(outcomes.map((outcome) => decided(outcome).revision)).toEqual(outcomes.map((_, index) => index));
    const appends = memory.store.appends.filter(({ stream }) => stream === 'weights:acme');
    expect(appends.map(({ events }) => events)).toEqual([500, 500, 200]);
    const [first, second] = (await streamOf(memory)).map((json) => JSON.parse(json) as { prev: string });
    expect([first?.prev, second?.prev.length]).toEqual(['', 43]);
  });

  it('is never recorded before the one ahead of it, when the clock goes back', async () => {
    const memory = await MemoryLedger.open();
    await record(memory);
    memory.now -= hourMs;
    await memory.restart();
    expect(decided(await record(memory)).event.recordedAt).toBe(new Date(start).toISOString());
  });

  it('waits its turn, and past the bound is told so at once', async () => {
    const memory = await MemoryLedger.open({ queueMax: 2 });
    memory.store.holdAppends();
    const written = record(memory);
    while (!memory.store.appends.some(({ stream }) => stream === 'weights:acme')) await new Promise(setImmediate);
    const waiting = [record(memory), record(memory)];
    expect(word(await record(memory))).toBe('busy');
    expect(word(await record(memory, { exporter: 'busy-only-with-itself', weights: {} }))).toBe('classification-unknown');
    memory.store.letAppendsGo();
    expect((await Promise.all([written, ...waiting])).map(word)).toEqual(Array(3).fill('WeightExportRecorded'));
  });

  it('goes on after the store was out of order, and stops with the ledger', async () => {
    const memory = await MemoryLedger.open();
    memory.store.failNext('unavailable');
    expect(word(await record(memory))).toBe('store-unavailable');
    memory.store.failNext('unknown-stored');
    expect(word(await record(memory))).toBe('WeightExportRecorded');
    expect(await streamOf(memory)).toHaveLength(1);
    const last = record(memory);
    await memory.ledger.close();
    expect(word(await last)).toBe('WeightExportRecorded');
    expect(word(await record(memory))).toBe('store-unavailable');
  });
});

describe('two instances on the stream of one exporter', () => {
  it('write every export once', async () => {
    const one = await MemoryLedger.open();
    const other = await one.another();
    const asked = Array.from({ length: 40 }, (_, index) => record(index % 2 === 0 ? one : other));
    const revisions = (await Promise.all(asked)).map((outcome) => decided(outcome).revision);
    expect([...revisions].sort((a, b) => a - b)).toEqual(asked.map((_, index) => index));
  });

  type Knowing = (other: MemoryLedger) => Promise<unknown>;
  const nothing: Knowing = async () => undefined;

  it.each<[string, before: Knowing, after: Knowing]>([
    ['has seen nothing of the stream', nothing, nothing],
    ['has the stream at hand', (other) => record(other), nothing],
    ['has an index that follows', nothing, (other) => other.index.reach(other.store)],
  ])(
    'give the first answer of the other to its command, where the second %s',
    async (_, beforehand, afterwards) => {
      const one = await MemoryLedger.open();
      const other = await one.another();
      await beforehand(other);
      const caller = one.caller('the-same-key', 'body');
      const first = await record(one, {}, caller);
      await record(one);
      await afterwards(other);
      const before = (await streamOf(one)).length;
      expect(await record(other, {}, caller)).toEqual({ ...first, replayed: true });
      expect(word(await record(other, {}, other.caller('the-same-key', 'other')))).toBe('idempotency-key-reused');
      expect(await streamOf(one)).toHaveLength(before);
      expect(word(await record(other))).toBe('WeightExportRecorded');
    },
  );
});
