import fc from 'fast-check';
import { decodeEvent, quotaStreamOf, type Outcome } from '#ledger';
import { milliTpp } from '#rulebook';
import { hourMs, idOf, type MemoryLedger, unit } from '../../libs/ledger/src/testing/memory-ledger.js';
import { checkLog, readLog } from './line-invariants.js';

/** One thing that happens to two instances over one log. */
export const twinStep = fc.record({
  do: fc.constantFrom('reserve', 'reserve', 'exportDirect', 'exportHold', 'exportHold', 'amend', 'release', 'reverse', 'cap', 'again', 'again', 'follow', 'advance', 'fault'),
  by: fc.nat(1),
  pick: fc.nat(20),
  units: fc.integer({ min: 1, max: 8 }),
  /** Not waited for before the next one. */
  together: fc.boolean(),
  fault: fc.constantFrom('unavailable' as const, 'unknown-lost' as const, 'unknown-stored' as const),
});
type Step = typeof twinStep extends fc.Arbitrary<infer Value> ? Value : never;

/** A call that either instance can be asked, again and again. */
type Ask = (instance: MemoryLedger) => Promise<Outcome>;

/** Two instances over one log, what they were asked and what they answered. */
export class TwinRun {
  readonly #asked: { readonly ask: Ask; readonly outcome: Outcome }[] = [];
  readonly #ids: string[] = [];
  readonly #underWay: Promise<unknown>[] = [];

  constructor(readonly instances: readonly [MemoryLedger, MemoryLedger]) {}

  async run(steps: readonly Step[]): Promise<void> {
    for (const one of steps) {
      const taken = this.#take(one);
      if (one.together) this.#underWay.push(taken);
      else await Promise.all([taken, ...this.#underWay.splice(0)]);
    }
    await Promise.all(this.#underWay);
  }

  /** The log is sound, holds every answer that was given, and gives it again wherever it is asked for. */
  async check(): Promise<void> {
    const { store } = this.instances[0];
    const log = await readLog(store);
    checkLog(log);
    const events = new Map(log.map(({ stream, revision, json }) => [`${stream}@${revision}`, json]));
    for (const instance of this.instances) await instance.index.reach(store);
    for (const { ask, outcome } of this.#asked) {
      if (!outcome.decided) continue;
      expect(outcome.event).toEqual(decodeEvent(events.get(`${quotaStreamOf(outcome.line)}@${outcome.revision}`) ?? ''));
      for (const instance of this.instances) expect(await ask(instance)).toEqual({ ...outcome, replayed: true });
    }
    // Only the clock may have added something meanwhile.
    expect((await readLog(store)).slice(log.length).filter(({ type }) => type !== 'ReservationLapsed')).toEqual([]);
  }

  async #take(one: Step): Promise<void> {
    const [first] = this.instances;
    const instance = this.instances[one.by] as MemoryLedger;
    if (one.do === 'follow') return instance.index.reach(first.store, Math.max(0, (await first.store.head()) - one.pick));
    if (one.do === 'advance') return this.instances.forEach((each) => (each.now += hourMs / 2));
    if (one.do === 'fault') return first.store.failNext(one.fault);
    const ask = one.do === 'again' ? this.#asked[one.pick % Math.max(1, this.#asked.length)]?.ask : this.#askFor(one, instance);
    if (!ask) return;
    const outcome = await ask(instance);
    this.#asked.push({ ask, outcome });
    if (outcome.decided) this.#ids.push(idOf(outcome));
  }

  #askFor({ do: what, pick, units }: Step, { now, caller }: MemoryLedger): Ask {
    const [first] = this.instances;
    const asker = caller.call(first);
    const id = this.#ids.at(-1 - (pick % Math.max(1, this.#ids.length))) ?? 'none';
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: units }];
    switch (what) {
      case 'reserve':
        return (instance) => instance.reserve(units, { expiresAt: now + hourMs }, asker);
      case 'exportDirect':
        return (instance) => instance.exportDirect(units, { exportedAt: now - hourMs }, asker);
      case 'exportHold':
        return (instance) => instance.exportHold(id, pick % 3 === 0 ? 'all' : units, { exportedAt: now - hourMs }, asker);
      case 'amend':
        return async (instance) => {
          const reservation = instance.index.reservation(id);
          return instance.ledger.amend(id, { items, expectedRevision: reservation?.revision ?? pick }, asker);
        };
      case 'release':
        return (instance) => instance.release(id, asker);
      case 'reverse':
        return (instance) => instance.ledger.reverse(id, { code: 'duplicate', reason: 'test' }, asker);
      default:
        return (instance) => instance.ledger.setAllocation('country:AE', { allocationMilliTpp: milliTpp(units * 4 * unit), reason: 'test' }, asker);
    }
  }
}
