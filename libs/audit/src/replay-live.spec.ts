import type { Body } from '#wire';
import { hashOf, idOf } from './event-hash.js';
import type { LineEvent } from './line-event.js';
import type { LoggedEvent } from './logged-event.js';
import { replayLive, ViewsBehind, type LiveLedger } from './replay-live.js';
import type { ReplayResult } from './replay-result.js';

type Facts = Readonly<Record<string, unknown>>;

/** A log of country:AE, sealed as the ledger seals it. */
class LogUnderTest {
  readonly events: LoggedEvent[] = [];

  add(type: LineEvent['type'], facts: Facts, after: { exported?: number; reserved?: number; exports?: number; openReservations?: number }): this {
    const { exported = 0, reserved = 0, exports = 0, openReservations = 0 } = after;
    const previous = this.events.at(-1);
    return this.store({
      type, v: 1, recordedAt: `2026-01-01T00:00:0${this.events.length}.000Z`, principal: 'a', nonce: 'n',
      prev: previous === undefined ? '' : hashOf(previous.json),
      balanceMilliTpp: { allocation: 1000, exported, reserved }, counts: { exports, openReservations, refusals: 0 },
      ...facts,
    });
  }

  store(event: Facts): this {
    const revision = this.events.length;
    const json = JSON.stringify(event);
    const stream = 'quota-country:AE';
    this.events.push({ id: idOf(stream, revision, hashOf(json)), json, stream, revision, position: revision + 1 });
    return this;
  }

  change(index: number, change: Partial<LoggedEvent>): this {
    this.events[index] = { ...(this.events[index] as LoggedEvent), ...change };
    return this;
  }
}

const view: Body<'CountryView'> = {
  country: 'AE', name: 'United Arab Emirates', group: 'allocation', territoryOf: null, line: 'country:AE', allocation: 1, reserved: 0.1, exported: 0.2,
  available: 0.7, utilization: 0.3, status: 'open', openReservations: 1, exports: 1, refusals: 0,
  lastEventAt: '2026-01-01T00:00:01.000Z', criticalSince: null, exhaustedSince: null, forecast: null,
};

function sound(): LogUnderTest {
  return new LogUnderTest()
    .add('QuotaReserved', { reservationId: 'r', items: [], debitedMilliTpp: 300 }, { reserved: 300, openReservations: 1 })
    .add(
      'ExportDebited',
      { exportId: 'e', reservationId: 'r', debitedMilliTpp: 200, releasedMilliTpp: 0, final: false },
      { exported: 200, reserved: 100, exports: 1, openReservations: 1 },
    );
}

/** `later` is what the log gains after it was first read to its end. */
function replay(log: LogUnderTest, change: Partial<Body<'CountryView'>> = {}, position = log.events.length, readFirst = position): Promise<ReplayResult> {
  let read = 0;
  const ledger: LiveLedger = {
    where: 'a test',
    countries: async () => {
      read += 1;
      const at = read === 1 ? readFirst : position;
      return { countries: [{ ...view, ...change }], position: String(at), recordedAt: null, rulebook: { id: '', version: '', hash: '' } };
    },
    companyLines: async () => [],
    log: async function* (after: number) {
      yield* log.events.filter((event) => event.position > after);
    },
  };
  return replayLive(ledger, () => undefined);
}

const found = ({ differences }: ReplayResult): readonly (readonly string[])[] => differences.map(({ where, what }) => [where, what]);

describe('a replay', () => {
  it('finds nothing where everything agrees', async () => {
    expect(await replay(sound())).toEqual({ position: 2, events: 2, streams: 1, lines: 1, differences: [], notCompared: null });
  });

  it.each<[Partial<typeof view>, string]>([
    [{ exported: 0.3 }, 'exported'],
    [{ reserved: 0 }, 'reserved'],
    [{ allocation: 2 }, 'allocation'],
    [{ available: 0.8 }, 'available'],
    [{ exports: 2 }, 'exports'],
    [{ openReservations: 0 }, 'openReservations'],
    [{ refusals: 1 }, 'refusals'],
    [{ status: 'suspended' }, 'suspended'],
    [{ lastEventAt: '2026-01-01T00:00:00.000Z' }, 'lastEventAt'],
  ])('finds a view that differs: %p', async (change, what) => {
    expect(found(await replay(sound(), change))).toEqual([['country:AE', what]]);
  });

  it('finds a view of a line that has no event', async () => {
    expect(found(await replay(new LogUnderTest()))).toContainEqual(['country:AE', 'exported']);
  });

  it('finds a line without a view', async () => {
    expect(found(await replay(sound(), { line: 'country:XX' }))).toContainEqual(['country:AE', 'line']);
  });

  it('finds an event that was changed, by its id and by its successor', async () => {
    const log = sound();
    const [first] = log.events as [LoggedEvent];
    log.change(0, { json: first.json.replace('"principal":"a"', '"principal":"b"') });
    expect(found(await replay(log))).toEqual([
      ['quota-country:AE@0', 'id'],
      ['quota-country:AE@1', 'prev (hash of the event before)'],
    ]);
  });

  it.each(['', 'null', '{"type":"QuotaReserved","v":2}', '{"type":"Unknown","v":1}'])('finds an event that it cannot read: %j', async (json) => {
    const log = sound().change(1, { json });
    expect(found(await replay(log, { reserved: 0.3, exported: 0, exports: 0, lastEventAt: '2026-01-01T00:00:00.000Z' }))).toEqual([
      ['quota-country:AE@1', 'event'],
      ['quota-country:AE@1', 'id'],
    ]);
  });

  it('finds an event that is missing', async () => {
    const log = sound();
    log.events.shift();
    expect(found(await replay(log, {}, 2))).toEqual(
      expect.arrayContaining([['quota-country:AE@1', 'revision'], ['quota-country:AE@1', 'prev (hash of the event before)']]),
    );
  });

  it('finds a balance that its events do not add up to', async () => {
    const log = new LogUnderTest().add('QuotaReserved', { reservationId: 'r', items: [], debitedMilliTpp: 300 }, { reserved: 299, openReservations: 1 });
    const result = await replay(log, { reserved: 0.299, exported: 0, available: 0.701, exports: 0, lastEventAt: '2026-01-01T00:00:00.000Z' });
    expect(result.differences).toEqual([{ where: 'quota-country:AE@0', what: 'reserved', expected: '0.3 TPP', found: '0.299 TPP' }]);
  });

  it('compares at the position of the views, not at the end of a log that goes on', async () => {
    const log = sound();
    const result = await replay(log, { reserved: 0.3, exported: 0, exports: 0, lastEventAt: '2026-01-01T00:00:00.000Z' }, 1);
    expect([result.position, result.events, result.differences]).toEqual([1, 1, []]);
  });

  it('reads on when the views have moved on meanwhile', async () => {
    const result = await replay(sound(), {}, 2, 1);
    expect([result.position, result.events, result.differences]).toEqual([2, 2, []]);
  });

  it('is not made where the views fall behind the position that they had', async () => {
    await expect(replay(sound(), {}, 1, 2)).rejects.toThrow(ViewsBehind);
  });

  it('finds views that stand where the log has no event', async () => {
    expect(found(await replay(sound(), {}, 3))).toEqual([['log', 'position']]);
  });
});

describe('every event moves the amounts by what it says', () => {
  const reserve = (log: LogUnderTest): LogUnderTest =>
    log.add('QuotaReserved', { reservationId: 'r', items: [], debitedMilliTpp: 300 }, { reserved: 300, openReservations: 1 });

  it.each<[string, (log: LogUnderTest) => LogUnderTest, Partial<typeof view>]>([
    [
      'amended',
      (log) => reserve(log).add('ReservationAmended', { previousHeldMilliTpp: 300, heldMilliTpp: 500 }, { reserved: 500, openReservations: 1 }),
      { reserved: 0.5, exported: 0, available: 0.5, exports: 0 },
    ],
    ['released', (log) => reserve(log).add('ReservationReleased', { releasedMilliTpp: 300 }, {}), { reserved: 0, exported: 0, available: 1, exports: 0, openReservations: 0 }],
    ['lapsed', (log) => reserve(log).add('ReservationLapsed', { lapsedMilliTpp: 300 }, {}), { reserved: 0, exported: 0, available: 1, exports: 0, openReservations: 0 }],
    [
      'exported for good',
      (log) =>
        reserve(log).add(
          'ExportDebited',
          { reservationId: 'r', debitedMilliTpp: 200, releasedMilliTpp: 100, final: true },
          { exported: 200, exports: 1 },
        ),
      { reserved: 0, openReservations: 0, available: 0.8 },
    ],
    [
      'filed later',
      (log) =>
        log
          .add('ExportDebited', { reservationId: null, debitedMilliTpp: 200, releasedMilliTpp: 0, final: true }, { exported: 200, exports: 1 })
          .add('ExportFiled', { itn: 'X1' }, { exported: 200, exports: 1 }),
      { reserved: 0, exported: 0.2, available: 0.8, exports: 1, openReservations: 0 },
    ],
    [
      'reversed',
      (log) =>
        log
          .add('ExportDebited', { reservationId: null, debitedMilliTpp: 200, releasedMilliTpp: 0, final: true }, { exported: 200, exports: 1 })
          .add('ExportReversed', { creditedMilliTpp: 200 }, {}),
      { reserved: 0, exported: 0, available: 1, exports: 0, openReservations: 0 },
    ],
  ])('%s', async (_, build, change) => {
    expect((await replay(build(new LogUnderTest()), change)).differences).toEqual([]);
  });

  it('suspended, resumed, refused and another cap', async () => {
    const log = new LogUnderTest()
      .add('LineSuspended', { suspended: true }, {})
      .add('ReservationRefused', { operation: 'reserve', suspended: true, counts: { exports: 0, openReservations: 0, refusals: 1 } }, {})
      .add('LineResumed', { counts: { exports: 0, openReservations: 0, refusals: 1 } }, {})
      .add(
        'AllocationSet',
        { allocationMilliTpp: 500, previousMilliTpp: 1000, basis: 'order', balanceMilliTpp: { allocation: 500, exported: 0, reserved: 0 }, counts: { exports: 0, openReservations: 0, refusals: 1 } },
        {},
      );
    const change = {
      allocation: 0.5, available: 0.5, reserved: 0, exported: 0, exports: 0, openReservations: 0, refusals: 1,
      lastEventAt: '2026-01-01T00:00:03.000Z',
    };
    expect((await replay(log, change)).differences).toEqual([]);
  });
});
