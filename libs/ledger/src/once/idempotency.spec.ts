import { fromTpp } from '#rulebook';
import { uuidV5 } from '../events/uuid-v5.js';
import { dayMs, decided, hourMs, idOf, MemoryLedger, smallCaps, start, word } from '../testing/memory-ledger.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import type { Caller } from '../requests/ledger-request.js';

type Repeat = (memory: MemoryLedger, caller: Caller) => Promise<Outcome>;

/** Every way to ask for a decision, prepared so far that the same call can be made again and again. */
const operations: readonly [string, (memory: MemoryLedger) => Promise<Repeat>][] = [
  ['reserve', async () => (memory, caller) => memory.reserve(2, { expiresAt: start + hourMs, reference: 'PO-1' }, caller)],
  ['reserve, refused', async () => (memory, caller) => memory.reserve(2_000, {}, caller)],
  ['direct export', async () => (memory, caller) => memory.exportDirect(2, { exportedAt: start - hourMs }, caller)],
  ['direct export, refused', async () => (memory, caller) => memory.exportDirect(2_000, { exportedAt: start - hourMs }, caller)],
  [
    'export of a hold',
    async (memory) => {
      const id = idOf(await memory.reserve(5));
      return (again, caller) => again.exportHold(id, 2, { exportedAt: start - hourMs }, caller);
    },
  ],
  [
    'export of a hold, refused',
    async (memory) => {
      const id = idOf(await memory.reserve(5));
      return (again, caller) => again.exportHold(id, 2, { exportedAt: start - 1000 * dayMs }, caller);
    },
  ],
  [
    'amend',
    async (memory) => {
      const id = idOf(await memory.reserve(5));
      const items = [{ chip: 'nvidia-h100-sxm5', quantity: 3 }];
      return (again, caller) => again.ledger.amend(id, { items, expiresAt: start + hourMs, expectedRevision: 0 }, caller);
    },
  ],
  [
    'amend, refused',
    async (memory) => {
      const id = idOf(await memory.reserve(5));
      const items = [{ chip: 'nvidia-h100-sxm5', quantity: 3_000 }];
      return (again, caller) => again.ledger.amend(id, { items, expectedRevision: 0 }, caller);
    },
  ],
  [
    'release',
    async (memory) => {
      const id = idOf(await memory.reserve(5));
      return (again, caller) => again.release(id, caller);
    },
  ],
  [
    'reverse',
    async (memory) => {
      const id = idOf(await memory.exportDirect(5));
      return (again, caller) => again.ledger.reverse(id, { code: 'duplicate', reason: 'sent twice' }, caller);
    },
  ],
  [
    'file',
    async (memory) => {
      const id = idOf(await memory.exportDirect(5));
      return (again, caller) => again.ledger.file(id, { itn: 'X1' }, caller);
    },
  ],
  ['set allocation', async () => (memory, caller) => memory.ledger.setAllocation('country:AE', { allocationMilliTpp: fromTpp(1), reason: 'test' }, caller)],
  ['suspend', async () => (memory, caller) => memory.ledger.suspend('country:AE', { reason: 'test' }, caller)],
];

describe.each(operations)('the same key and body for %s', (_, prepare) => {
  it('gets the first answer: at once, later, after other changes, a restart, years and another rulebook', async () => {
    const memory = await MemoryLedger.open();
    const repeat = await prepare(memory);
    const caller = memory.caller('the-same-key', { the: 'same body' });
    const [first, atOnce] = await Promise.all([repeat(memory, caller), repeat(memory, caller)]);
    expect(decided(first).replayed).toBe(false);
    const replayed = { ...first, replayed: true };
    expect(atOnce).toEqual(replayed);
    const events = (await memory.log()).length;

    expect(await repeat(memory, caller)).toEqual(replayed);
    await memory.reserve(1);
    await memory.index.reach(memory.store);
    expect(await repeat(memory, caller)).toEqual(replayed);
    await memory.restart();
    expect(await repeat(memory, caller)).toEqual(replayed);
    memory.now += 1_500 * dayMs;
    await memory.restart({ rulebook: smallCaps({ chips: [], version: 'later' }) });
    expect(await repeat(memory, caller)).toEqual(replayed);

    const added = (await memory.events()).slice(events - 1).map(({ type }) => type);
    expect(added.filter((type) => type !== 'QuotaReserved' && type !== 'ReservationRefused' && type !== 'ReservationLapsed')).toEqual([]);
    const answers = (await memory.log()).filter(({ json }) => json.includes('"idempotencyKey":"the-same-key"'));
    expect(answers).toHaveLength(1);
  });

  it('with another body is refused and changes nothing: at once, later, and after a restart', async () => {
    const memory = await MemoryLedger.open();
    const repeat = await prepare(memory);
    const first = repeat(memory, memory.caller('the-same-key', { the: 'same body' }));
    const other = memory.caller('the-same-key', { the: 'same body', and: 'more' });
    expect((await Promise.all([first, repeat(memory, other)])).map(word)).toEqual([expect.any(String), 'idempotency-key-reused']);
    const events = (await memory.log()).length;
    expect(word(await repeat(memory, other))).toBe('idempotency-key-reused');
    await memory.restart();
    expect(word(await repeat(memory, other))).toBe('idempotency-key-reused');
    expect(await memory.log()).toHaveLength(events);
  });
});

describe('an Idempotency-Key', () => {
  it('is the same key on another line, for another operation and for a body that is wrong today', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller('the-same-key', 'first');
    const id = idOf(await memory.reserve(1, {}, caller));
    const other = memory.caller('the-same-key', 'second');
    expect(word(await memory.reserve(1, { destination: 'SA' }, other))).toBe('idempotency-key-reused');
    expect(word(await memory.exportDirect(1, {}, other))).toBe('idempotency-key-reused');
    expect(word(await memory.exportDirect(1, {}, caller))).toBe('idempotency-key-reused');
    expect(word(await memory.release(id, other))).toBe('idempotency-key-reused');
    expect(word(await memory.release(id, caller))).toBe('idempotency-key-reused');
    expect(word(await memory.reserve(1, { destination: 'XX' }, other))).toBe('idempotency-key-reused');
    expect(await memory.types()).toEqual(['QuotaReserved']);
  });

  it('is another key for another exporter', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller('the-same-key');
    const ids = [idOf(await memory.reserve(1, {}, caller)), idOf(await memory.reserve(1, { exporter: 'globex' }, caller))];
    expect(new Set(ids).size).toBe(2);
  });

  it('has one effect, however many ask at once, wherever they stand', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller('the-same-key');
    const asked: Promise<Outcome>[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      for (let n = 0; n < 20; n += 1) asked.push(memory.reserve(1, {}, caller));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const outcomes = (await Promise.all(asked)).map(decided);
    expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(outcomes.map(({ position }) => position)).size).toBe(1);
    expect(await memory.types()).toEqual(['QuotaReserved']);
  });

  it('stays free after whatever recorded nothing', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller('the-same-key', 'a');
    expect(word(await memory.reserve(1, { destination: 'XX' }, caller))).toBe('unknown-destination');
    expect(word(await memory.reserve(1, { destination: 'US' }, caller))).toBe('not-an-export');
    expect(word(await memory.reserve(1, { expiresAt: start }, caller))).toBe('invalid-request');
    expect(word(await memory.reserve(1, { items: [{ chip: 'unheard-of', quantity: 1 }] }, caller))).toBe('unknown-chip');
    const id = idOf(await memory.reserve(1));
    expect(word(await memory.exportHold(id, 2, {}, caller))).toBe('exceeds-hold');
    expect(word(await memory.reserve(1, {}, memory.caller('the-same-key', 'b')))).toBe('QuotaReserved');
  });

  it('whose first request records nothing is decided for the second one that waited, with another body', async () => {
    const memory = await MemoryLedger.open();
    const [first, second, third] = await Promise.all([
      memory.reserve(1, { destination: 'XX' }, memory.caller('the-same-key', 'a')),
      memory.reserve(1, {}, memory.caller('the-same-key', 'b')),
      memory.reserve(1, { destination: 'XX' }, memory.caller('the-same-key', 'a')),
    ]);
    expect([first, second].map(word)).toEqual(['unknown-destination', 'QuotaReserved']);
    expect(['unknown-destination', 'idempotency-key-reused']).toContain(word(third));
  });

  it('is consumed by a refusal', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller('the-same-key', 'too much');
    expect(word(await memory.reserve(21, {}, caller))).toBe('insufficient-quota');
    expect(word(await memory.reserve(1, {}, memory.caller('the-same-key', 'less')))).toBe('idempotency-key-reused');
    expect(word(await memory.reserve(21, {}, caller))).toBe('insufficient-quota');
  });

  it('is needed for everything but a change of a reservation', async () => {
    const memory = await MemoryLedger.open();
    const none = (): Caller => memory.caller(null);
    const id = idOf(await memory.reserve(5));
    const exported = idOf(await memory.exportHold(id, 1));
    const asked = [
      memory.reserve(1, {}, none()),
      memory.exportDirect(1, {}, none()),
      memory.exportHold(id, 1, {}, none()),
      memory.release(id, none()),
      memory.ledger.reverse(exported, { code: 'duplicate', reason: 'test' }, none()),
    ];
    expect((await Promise.all(asked)).map(word)).toEqual(Array(5).fill('idempotency-key-missing'));
    const amended = decided(await memory.ledger.amend(id, { reference: 'PO-2', expectedRevision: 1 }, none()));
    expect([amended.event.type, amended.reservation?.reference]).toEqual(['ReservationAmended', 'PO-2']);
  });

  it('names what it brings about: UUIDv5 of the scope and the key, whatever the line', async () => {
    const memory = await MemoryLedger.open();
    const expected = uuidV5(uuidV5('8c1c2f0a-53f1-5b8e-8a53-90b7b2b1f0d4', 'acme'), 'key-4711');
    expect(idOf(await memory.reserve(1, {}, memory.caller('key-4711')))).toBe(expected);
  });
});
