import { hashOf, idOf } from './event-hash.js';
import { LogCheck } from './log-check.js';

const stream = 'quota-country:AE';
const whole = {
  ...{ type: 'QuotaReserved', v: 1, recordedAt: '2026-01-01T00:00:00.000Z', debitedMilliTpp: 100 },
  balanceMilliTpp: { allocation: 1000, exported: 0, reserved: 100 },
  counts: { exports: 0, openReservations: 1, refusals: 0 },
};

/** Checks events that are sealed to one another, whatever they say. */
function checked(where: string, events: readonly object[]): LogCheck {
  const check = new LogCheck();
  let prev = '';
  for (const [revision, event] of events.entries()) {
    const json = JSON.stringify({ ...event, prev });
    prev = hashOf(json);
    check.check({ stream: where, revision, position: revision + 1, id: idOf(where, revision, prev), json });
  }
  return check;
}

const without = (member: string): object => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== member));

describe('a check of a log', () => {
  it.each([
    ['no balance', stream, without('balanceMilliTpp')],
    ['no counts', stream, without('counts')],
    ['null for a balance', stream, { ...whole, balanceMilliTpp: null }],
    ['null for a share', stream, { ...whole, shares: { 'country:AE': null } }],
    ['a rulebook without document', 'ledger-rulebook', { type: 'RulebookAdopted', v: 1 }],
  ])('names an event with %s, and goes on behind it', (_, where, odd) => {
    const { differences, events, position } = checked(where, [odd, odd]);
    expect([...new Set(differences.filter(({ what }) => what === 'members').map(({ where: at }) => at))]).toEqual([`${where}@0`, `${where}@1`]);
    expect({ events, position }).toEqual({ events: 2, position: 2 });
  });

  it('finds that an event without its amount does not add up', () => {
    expect(checked(stream, [without('debitedMilliTpp')]).differences.map(({ what }) => what)).toContain('reserved');
  });
});
