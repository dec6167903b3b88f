import { hashOf, idOf } from './event-hash.js';
import { LogCheck } from './log-check.js';
import type { LoggedEvent } from './logged-event.js';
import type { ReplayResult } from './replay-result.js';
import { replayStored, type StoredLines } from './replay-stored.js';

const stream = 'quota-country:AE';

/** Reservations of 100 thousandths each. */
function reservations(count: number): readonly LoggedEvent[] {
  let prev = '';
  return Array.from({ length: count }, (_, revision) => {
    const json = JSON.stringify({
      ...{ type: 'QuotaReserved', v: 1, recordedAt: `2026-01-01T00:00:0${revision}.000Z`, prev, debitedMilliTpp: 100 },
      balanceMilliTpp: { allocation: 1000, exported: 0, reserved: 100 * (revision + 1) },
      counts: { exports: 0, openReservations: revision + 1, refusals: 0 },
    });
    prev = hashOf(json);
    return { stream, revision, position: 10 * (revision + 1), id: idOf(stream, revision, prev), json };
  });
}

async function* from(events: readonly LoggedEvent[]): AsyncIterable<LoggedEvent> {
  yield* events;
}

function storedAfter(events: readonly LoggedEvent[]): StoredLines {
  const check = new LogCheck();
  for (const event of events) check.check(event);
  return { position: check.position, lines: new Map([...check.lines].map(([line, state]) => [line, { ...state }])) };
}

const replay = (stored: StoredLines | string): Promise<ReplayResult> => replayStored(from(reservations(3)), stored, () => undefined);

describe('a replay of a log at rest', () => {
  it.each([0, 1, 2, 3])('compares after %i events of three, and reads the log to its end', async (count) => {
    expect(await replay(storedAfter(reservations(count)))).toEqual({ position: 30, events: 3, streams: 1, lines: 1, differences: [], notCompared: null });
  });

  it('finds members that differ, are missing or were added, whatever their order', async () => {
    const { position, lines } = storedAfter(reservations(2));
    const { counts: _, ...state } = { ...lines.get('country:AE') } as Readonly<Record<string, unknown>>;
    const altered = { added: 1, balance: { reserved: 200, exported: 0, allocation: 1000 }, ...state, revision: 7 };
    const { differences } = await replay({ position, lines: new Map([['country:AE', altered]]) });
    expect(differences).toEqual([
      { where: 'country:AE', what: 'revision', expected: '1', found: '7' },
      { where: 'country:AE', what: 'counts', expected: '{"exports":0,"openReservations":2,"refusals":0}', found: 'nothing' },
      { where: 'country:AE', what: 'added', expected: 'nothing', found: '1' },
    ]);
  });

  it('finds lines that the views lack, and those that they alone have', async () => {
    const [state] = storedAfter(reservations(3)).lines.values();
    const { differences } = await replay({ position: 30, lines: new Map([['country:SA', state as object]]) });
    expect(new Set(differences.map(({ where }) => where))).toEqual(new Set(['country:AE', 'country:SA']));
  });

  it('says why there was nothing to compare with', async () => {
    expect(await replay('there are no views yet')).toMatchObject({ events: 3, differences: [], notCompared: 'there are no views yet' });
  });
});
