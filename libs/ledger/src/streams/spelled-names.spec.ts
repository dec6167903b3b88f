import { hash } from 'node:crypto';
import { canonicalJson } from '#rulebook';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { decodeEvent } from '../events/codec.js';
import type { LineEvent } from '../events/line-event.js';
import { digestOf, emptyStream, seal, type StreamEnd } from '../events/seal.js';
import { uuidV5 } from '../events/uuid-v5.js';
import { idOf, MemoryLedger, unit, word } from '../testing/memory-ledger.js';
import type { Caller } from '../requests/ledger-request.js';

const normal = 'Soci\u00e9t\u00e9 Puces';
const spellings = ['Socie\u0301te\u0301 Puces', `${normal} `, `  ${normal}`, 'Soci\u00e9t\u00e9 \u00a0Puces'];

const bodyOf = (exporter: string) => ({ exporter, units: 2 });

/** As the API hands it on. */
function callerOf(key: string, spelling: string): Caller {
  const caller = { principal: normal, idempotencyKey: key, body: bodyOf(normal) };
  return spelling === normal ? caller : { ...caller, asSent: { scope: spelling, body: bodyOf(spelling) } };
}

function reserve(memory: MemoryLedger, key: string, spelling: string, units = 2) {
  return memory.reserve(units, { exporter: normal }, callerOf(key, spelling));
}

/** A log to which an earlier version wrote a reservation: the exporter as it was sent, id and hash by that spelling. */
async function recordedBefore(key: string, spelling: string): Promise<MemoryLedger> {
  const memory = await MemoryLedger.open();
  idOf(await reserve(memory, key, normal));
  const old = new MemoryEventStore();
  const ends = new Map<string, StreamEnd>();
  for (const { stream, json } of await memory.log()) {
    const { nonce: _nonce, prev: _prev, ...event } = decodeEvent(json) as LineEvent;
    const before = {
      ...event,
      ...(event.type === 'QuotaReserved' && {
        exporter: spelling,
        principal: spelling,
        reservationId: uuidV5(uuidV5('8c1c2f0a-53f1-5b8e-8a53-90b7b2b1f0d4', spelling), key),
        requestHash: hash('sha256', `reserve\n${canonicalJson(bodyOf(spelling))}`, 'base64url'),
      }),
    };
    const end = ends.get(stream) ?? emptyStream;
    const sealed = seal<LineEvent>(stream, end, before);
    await old.append(stream, end.revision, [sealed]);
    ends.set(stream, { revision: sealed.revision, digest: digestOf(sealed.json) });
  }
  return MemoryLedger.open({}, old);
}

const reservedUnits = async (memory: MemoryLedger): Promise<number | undefined> =>
  (await memory.events()).map(({ balanceMilliTpp: { reserved } }) => reserved / unit).at(-1);

describe('an exporter in another spelling', () => {
  it.each(spellings)('is the same exporter with the same keys: %p', async (spelling) => {
    const memory = await MemoryLedger.open();
    const [first, atOnce] = await Promise.all([reserve(memory, 'po-2026-000117', normal), reserve(memory, 'po-2026-000117', spelling)]);
    const later = await reserve(memory, 'po-2026-000117', spelling);
    await memory.restart();
    const again = await reserve(memory, 'po-2026-000117', spelling);
    for (const retry of [atOnce, later, again]) expect(retry).toEqual({ ...first, replayed: true });
    expect(await reservedUnits(memory)).toBe(2);
    expect(word(await memory.reserve(3, { exporter: normal }, { ...callerOf('po-2026-000117', spelling), body: 'other', asSent: { scope: spelling, body: 'other' } })))
      .toBe('idempotency-key-reused');
  });

  it('owns the keys of what is done to its reservation, in any spelling', async () => {
    const memory = await recordedBefore('po-2026-000117', `${normal} `);
    const id = idOf(await reserve(memory, 'po-2026-000117', `${normal} `));
    const release = await memory.release(id, memory.caller('po-2026-000118'));
    expect(word(release)).toBe('ReservationReleased');
    expect(word(await reserve(memory, 'po-2026-000118', normal))).toBe('idempotency-key-reused');
  });
});

describe('a request that was recorded before names had a normal form', () => {
  it.each(spellings)('gets its first answer in that spelling, and debits nothing again: %p', async (spelling) => {
    const memory = await recordedBefore('po-2026-000117', spelling);
    for (let turn = 0; turn < 2; turn += 1) {
      const retry = await reserve(memory, 'po-2026-000117', spelling);
      expect(retry).toMatchObject({ decided: true, replayed: true, event: { exporter: spelling } });
      await memory.index.reach(memory.store);
    }
    expect(await reservedUnits(memory)).toBe(2);
    const other = { ...callerOf('po-2026-000117', spelling), body: 'other', asSent: { scope: spelling, body: 'other' } };
    expect(word(await memory.reserve(3, { exporter: normal }, other))).toBe('idempotency-key-reused');
  });

  it('keeps its bytes', async () => {
    const memory = await recordedBefore('po-2026-000117', spellings[0] ?? '');
    const before = (await memory.log()).map(({ json }) => json);
    await reserve(memory, 'po-2026-000118', spellings[0] ?? '');
    const after = (await memory.log()).map(({ json }) => json);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.at(-1)).toContain(`"exporter":"${normal}"`);
  });
});
