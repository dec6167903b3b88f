import { setTimeout as delay } from 'node:timers/promises';
import { builtInRulebook } from '#rulebook';
import { Ledger, MemoryEventStore, rulebookAtStart, type AppendResult, type NewEvent, type Outcome, type Revision } from '#ledger';
import { type Views } from '#projections';
import { FaultyEventStore } from '../../../libs/ledger/src/testing/faulty-event-store.js';
import { openInlineViews } from '../../../libs/projections/src/testing/inline-views.js';
import { followOthers } from './follow-others.js';
import type { Worker } from './workers.js';

const now = Date.parse('2026-08-01T12:00:00.000Z');
const survivor = 'lpp:falcon:2026';
let keys = 0;

/** Appends to streams whose names begin like this get nowhere: the instance that makes them is gone by then. */
class MortalStore extends FaultyEventStore {
  diesAt: string | undefined;

  override append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (this.diesAt !== undefined && stream.startsWith(this.diesAt)) return new Promise(() => undefined);
    return super.append(stream, expected, events);
  }
}

class Instance {
  private constructor(
    readonly store: MortalStore,
    readonly views: Views,
    readonly ledger: Ledger,
    readonly others: Worker,
  ) {}

  static async open(log: MemoryEventStore): Promise<Instance> {
    const store = new MortalStore(log);
    const views = await openInlineViews({ store });
    await views.ready();
    const clock = (): number => now;
    const inForce = await rulebookAtStart(store, { named: undefined, builtIn: builtInRulebook() }, clock);
    const ledger = await Ledger.open({ store, index: views.index, inForce, clock, patienceMs: 200 });
    const others = followOthers(ledger, views);
    others.start?.();
    return new Instance(store, views, ledger, others);
  }

  caller(): { readonly principal: string; readonly idempotencyKey: string; readonly body: unknown } {
    return { principal: 'acme', idempotencyKey: `key-${(keys += 1)}`, body: null };
  }

  /** H100s for a cloud that belongs to `parent`. */
  reserve(quantity: number, parent: string): Promise<Outcome> {
    const consignee = { name: 'Cloud', country: 'AE', headquarters: 'AE', ultimateParent: { name: parent, headquarters: 'AE' } };
    const items = [{ chip: 'nvidia-h100-sxm5', quantity }];
    return this.ledger.reserve({ destination: 'AE', exporter: 'acme', items, consignee }, this.caller());
  }

  merge(): Promise<unknown> {
    return this.ledger.companies.mergeCompanies('falcn', { into: 'falcon', reason: 'one company' }, this.caller());
  }

  /** Units that are held on the line of the survivor, as the views know. */
  get held(): number {
    return (this.views.lines.get(survivor)?.balance.reserved ?? 0) / 15_832_000;
  }

  async close(): Promise<void> {
    await this.others.close();
    await this.ledger.close();
    await this.views.close();
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(5);
}

it('follows the others from its start to its end', () => {
  let listeners = 0;
  const subscribe = (): (() => void) => {
    listeners += 1;
    return () => (listeners -= 1);
  };
  const views = { subscribe, lines: new Map(), rulebooks: [], position: 0 } as unknown as Views;
  const ledger = { others: { expiries: () => undefined, inRegister: () => undefined } } as unknown as Ledger;
  const others = followOthers(ledger, views);
  expect(listeners).toBe(0);
  others.start?.();
  expect(listeners).toBe(1);
  void others.close();
  expect(listeners).toBe(0);
});

describe('an instance that another one leaves alone', () => {
  let one: Instance;
  let other: Instance;
  let hold: Outcome;
  beforeEach(async () => {
    const log = new MemoryEventStore([], { isShared: true });
    one = await Instance.open(log);
    other = await Instance.open(log);
    hold = await one.reserve(12, 'Falcn');
    await one.reserve(1, 'Falcon');
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  it('finishes a merger that the other recorded in the register, asked for by nobody', async () => {
    one.store.diesAt = 'quota-';
    void one.merge();
    await until(() => other.held === 13);
  });

  it('tells the survivor what the other did on a closed line', async () => {
    await one.merge();
    await until(() => other.held === 13);
    one.store.diesAt = `quota-${survivor}`;
    const id = hold.decided && 'reservationId' in hold.event ? (hold.event.reservationId ?? '') : '';
    expect(await one.ledger.release(id, {}, one.caller())).toMatchObject({ decided: true, line: 'lpp:falcn:2026' });
    await until(() => other.held === 1);
  });
});
