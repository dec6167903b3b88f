import fc from 'fast-check';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import type { AppendResult, StreamRange } from '../event-store/event-store.js';
import type { NewEvent, Revision, StoredEvent } from '../events/stored-event.js';
import { hourMs, idOf, MemoryLedger, start, unit, word } from '../testing/memory-ledger.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const parameters = { seed, numRuns: long ? 20_000 : 300 };

/** A store whose answers come in an order that the scheduler chooses. */
class ScheduledStore extends MemoryEventStore {
  scheduler: fc.Scheduler | undefined;

  override async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    await this.scheduler?.schedule(Promise.resolve(), `before append to ${stream}`);
    const result = await super.append(stream, expected, events);
    await this.scheduler?.schedule(Promise.resolve(), `after append to ${stream}`);
    return result;
  }

  override async readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    const read = await super.readStream(stream, range);
    await this.scheduler?.schedule(Promise.resolve(), `read of ${stream}`);
    return read;
  }
}

interface Race {
  readonly ledgers: readonly MemoryLedger[];
  readonly scheduler: fc.Scheduler;
}

/** Lets the racers loose, in any order of events, and gives back what each was told. */
async function race({ scheduler }: Race, racers: readonly (() => ReturnType<MemoryLedger['reserve']>)[]): Promise<readonly string[]> {
  return inOrderOf(scheduler, Promise.all(racers.map((run) => run())).then((outcomes) => outcomes.map(word)));
}

/** Lets the scheduler choose what happens next, until this is done. */
async function inOrderOf<Result>(scheduler: fc.Scheduler, work: Promise<Result>): Promise<Result> {
  let done = false;
  void work.catch(() => undefined).finally(() => (done = true));
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    if (scheduler.count() > 0) await scheduler.waitOne();
  }
  return work;
}

function inEveryOrder(instances: number, run: (race: Race) => Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const store = new ScheduledStore();
      const first = await MemoryLedger.open({}, store);
      const ledgers = [first];
      while (ledgers.length < instances) ledgers.push(await first.another());
      store.scheduler = scheduler;
      try {
        await run({ ledgers, scheduler });
      } finally {
        store.scheduler = undefined;
        // An open ledger waits for the end of its holds, and stays in memory for that long.
        await inOrderOf(scheduler, Promise.all(ledgers.map(({ ledger }) => ledger.close())));
      }
    }),
    parameters,
  );
}

describe.each([1, 3])(`races in any order, on %s instances (${parameters.numRuns} orders, SEED=${seed})`, (instances) => {
  const at = (ledgers: readonly MemoryLedger[], n: number): MemoryLedger => ledgers[n % ledgers.length] as MemoryLedger;

  it(
    'for the last unit have exactly one winner',
    () =>
      inEveryOrder(instances, async (setting) => {
        const { ledgers } = setting;
        const racers = Array.from({ length: 5 }, (_, n) => () => at(ledgers, n).reserve(1, { destination: 'SA', items: [{ chip: 'nvidia-h100-sxm5', quantity: 3 }] }));
        const told = await race(setting, racers);
        expect([...told].sort()).toEqual(['QuotaReserved', ...Array<string>(4).fill('insufficient-quota')].sort());
      }),
  );

  it(
    'between export, release and amend of a hold leave its amounts whole',
    () =>
      inEveryOrder(instances, async (setting) => {
        const { ledgers } = setting;
        const [first] = ledgers as [MemoryLedger];
        const id = idOf(await raceOne(setting, () => first.reserve(10)));
        const items = [{ chip: 'nvidia-h100-sxm5', quantity: 6 }];
        const told = await race(setting, [
          () => at(ledgers, 1).exportHold(id, 'all'),
          () => at(ledgers, 2).release(id),
          () => at(ledgers, 0).ledger.amend(id, { items, expectedRevision: 0 }, at(ledgers, 0).caller()),
        ]);
        // Another instance may not know the reservation yet: its index is behind, and it read nothing of the line.
        const ends = told.filter((one) => one === 'ExportDebited' || one === 'ReservationReleased');
        expect(ends.length).toBeLessThanOrEqual(1);
        const balance = (await first.events()).at(-1)?.balanceMilliTpp;
        const amended = told.includes('ReservationAmended');
        const whole = (amended ? 6 : 10) * unit;
        expect(balance).toMatchObject({
          exported: told.includes('ExportDebited') ? whole : 0,
          reserved: ends.length === 0 ? whole : 0,
        });
      }),
  );

  it(
    'between the same command asked many times have one effect',
    () =>
      inEveryOrder(instances, async (setting) => {
        const { ledgers } = setting;
        const caller = at(ledgers, 0).caller('the-same-key', 'body');
        const told = await race(setting, Array.from({ length: 5 }, (_, n) => () => at(ledgers, n).reserve(7, {}, caller)));
        expect(told).toEqual(Array(5).fill('QuotaReserved'));
        expect(await at(ledgers, 0).types()).toEqual(['QuotaReserved']);
      }),
  );

  it(
    'between the end of a hold and its export are won by the end',
    () =>
      inEveryOrder(instances, async (setting) => {
        const { ledgers } = setting;
        const [first] = ledgers as [MemoryLedger];
        const id = idOf(await raceOne(setting, () => first.reserve(20, { expiresAt: start + hourMs })));
        for (const ledger of ledgers) {
          await ledger.index.reach(ledger.store);
          ledger.now = start + hourMs;
        }
        const told = await race(setting, [() => at(ledgers, 0).exportHold(id, 1), () => at(ledgers, 1).reserve(20), () => at(ledgers, 2).release(id)]);
        expect(told).toEqual(['reservation-closed', 'QuotaReserved', 'reservation-closed']);
        expect(await first.types()).toEqual(['QuotaReserved', 'ReservationLapsed', 'QuotaReserved']);
      }),
  );
});

async function raceOne(setting: Race, run: () => ReturnType<MemoryLedger['reserve']>): Promise<Awaited<ReturnType<MemoryLedger['reserve']>>> {
  const outcome = run();
  await race(setting, [() => outcome]);
  return outcome;
}
