import { Ledger, lineOfStream, rulebookAtStart, type Caller, type EventStore, type ExportPart, type Outcome } from '#ledger';
import { milliTpp, type CompiledRulebook } from '#rulebook';
import { LedgerModel, type ModelRules } from './ledger-model.js';
import type { Answer, Call } from './model-call.js';
import { checkLog, readLog } from './line-invariants.js';
import type { IndexKeeper } from './index-keeper.js';
import { countries, inForce, periodEnd, periodStart, type Step } from './model-steps.js';

const rules: ModelRules = {
  chips: {
    'nvidia-h100-sxm5': { unit: 15_832_000n, debits: true },
    'amd-mi300x': { unit: 20_919_200n, debits: true },
    'nvidia-v100-sxm2': { unit: 2_000_000n, debits: false },
  },
  caps: { 'country:AE': 316_640_000n, 'country:SA': 47_496_000n, 'country:AU': null, 'country:CN': 'embargoed' },
  holdMs: 90 * 86_400_000,
  windowMs: 30 * 86_400_000,
  inForce,
  periodStart,
  periodEnd,
};

const hourMs = 3_600_000;
/**
 * The clock moves in steps of this. Holds end a few milliseconds before one, each at its own, so that they lapse in a
 * known order, and none ends so soon that a real timer could wake its line in the middle of a run.
 */
const tickMs = 10_000;

/** A call that was made, so that it can be made again. */
interface Made {
  readonly call: Call;
  readonly perform: (call: Call) => { readonly real: Promise<Outcome>; readonly expected: () => Answer };
}

/** A ledger over a memory store and its model, side by side. */
export class ModelRun {
  readonly #store: EventStore;
  readonly #rulebook: CompiledRulebook;
  readonly #model = new LedgerModel(rules);
  readonly #made: Made[] = [];
  /** Ids of the ledger, by the model's. */
  readonly #ids = new Map<string, string>();
  readonly #openIndex: (store: EventStore) => Promise<IndexKeeper>;
  #index: IndexKeeper | undefined;
  #ledger: Ledger | undefined;
  #now = Date.parse('2026-03-01T12:00:00Z');
  #lag = 0;
  #keys = 0;

  constructor(store: EventStore, rulebook: CompiledRulebook, openIndex: (store: EventStore) => Promise<IndexKeeper>) {
    this.#store = store;
    this.#rulebook = rulebook;
    this.#openIndex = openIndex;
  }

  async run(steps: readonly Step[]): Promise<void> {
    await this.#restart();
    for (const step of steps) {
      this.#now += tickMs;
      await this.#take(step);
      await this.#index?.follow(Math.max(0, (await this.#store.head()) - this.#lag));
    }
    await this.#ledger?.close();
    await this.#index?.close();
    const log = await readLog(this.#store);
    checkLog(log);
    const written = new Set(log.map(({ stream }) => lineOfStream(stream)));
    const inModel = [...this.#model.lines].filter(([, { revision }]) => revision >= 0).map(([line]) => line);
    expect(inModel.sort()).toEqual([...written].filter((line) => line !== undefined).sort());
  }

  async #take(step: Step): Promise<void> {
    switch (step.do) {
      case 'advance':
        this.#now += step.ms;
        return;
      case 'lag':
        this.#lag = step.events;
        return;
      case 'restart':
        return this.#restart();
      case 'retry': {
        const before = this.#made[step.pick % this.#made.length];
        if (before) await this.#compare([this.#again(before, step.change)]);
        return;
      }
      case 'burst': {
        const made = step.steps.map((one) => this.#make(one.do === 'reserve' && one.ms === 0 ? { ...one, ms: hourMs } : one));
        const last = made.at(-1);
        await this.#compare(last && step.twice ? [...made, this.#again(last, step.twice)] : made);
        return;
      }
      default:
        await this.#compare([this.#make(step)]);
    }
  }

  /** A change of the exporter is one of the principal where the key has the scope of what it is about. */
  #again({ call, perform }: Made, change: 'same' | 'body' | 'exporter'): Made {
    const changed = change === 'body' ? { body: `${call.body}, changed` } : change === 'exporter' ? { scope: `${call.scope}-2` } : {};
    return { call: { ...call, at: this.#now, ...changed }, perform };
  }

  /** All calls in one go, then what the model says to them in their order. */
  async #compare(calls: readonly Made[]): Promise<void> {
    const performed = calls.map(({ call, perform }) => perform(call));
    const outcomes = await Promise.all(performed.map(({ real }) => real));
    outcomes.forEach((outcome, index) => expect([calls[index]?.call, answerOf(outcome)]).toEqual([calls[index]?.call, performed[index]?.expected()]));
    this.#made.push(...calls);
  }

  async #restart(): Promise<void> {
    await this.#ledger?.close();
    await this.#index?.close();
    this.#index = await this.#openIndex(this.#store);
    const { index } = this.#index;
    // A start sees to what is due.
    const eventsBefore = this.#eventsOfModel();
    this.#model.lapseAll(this.#now);
    const head = (await this.#store.head()) + (this.#ledger ? 0 : 1) + this.#eventsOfModel() - eventsBefore;
    const clock = (): number => this.#now;
    const inForce = await rulebookAtStart(this.#store, { named: undefined, builtIn: this.#rulebook }, clock);
    this.#ledger = await Ledger.open({ store: this.#store, index, inForce, clock, entriesMax: 3 });
    while ((await this.#store.head()) < head) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  #eventsOfModel(): number {
    return [...this.#model.lines.values()].reduce((sum, { revision }) => sum + revision + 1, 0);
  }

  #make(step: Exclude<Step, { do: 'advance' | 'lag' | 'restart' | 'retry' | 'burst' }>): Made {
    const ledger = (): Ledger => this.#ledger as Ledger;
    const key = `key-${(this.#keys += 1)}`;
    const call = (scope: string, operation: string): Call => ({ at: this.#now, scope, key, operation, body: key });
    switch (step.do) {
      case 'reserve':
      case 'exportDirect': {
        const { items, exporter } = step;
        const { destination, line } = countries[step.country % countries.length] as (typeof countries)[number];
        const when = this.#now + step.ms;
        const keys = this.#keys;
        return {
          call: call(exporter, step.do),
          perform: (made) => {
            const request = { destination, exporter: made.scope, items };
            const id = `${made.scope} ${String(made.key)}`;
            if (step.do === 'exportDirect') {
              const real = ledger().exportDirect({ ...request, exportedAt: when }, callerOf(made));
              return { real: this.#named(id, real), expected: () => this.#model.exportDirect(made, line, id, items, when) };
            }
            const again = made.scope.length - exporter.length;
            const expiry = step.ms === 0 ? {} : { expiresAt: when - keys - 1000 * again };
            const real = ledger().reserve({ ...request, ...expiry }, callerOf(made));
            return { real: this.#named(id, real), expected: () => this.#model.reserve(made, line, id, items, expiry.expiresAt) };
          },
        };
      }
      case 'setCap': {
        const { line } = countries[step.country % countries.length] as (typeof countries)[number];
        return {
          call: call('regulator', `cap ${line}`),
          perform: (made) => ({
            real: ledger().setAllocation(line, { allocationMilliTpp: milliTpp(step.milliTpp), reason: 'test' }, callerOf(made)),
            expected: () => this.#model.setCap({ ...made, scope: 'regulator' }, line, BigInt(step.milliTpp)),
          }),
        };
      }
      case 'switch': {
        const { line } = countries[step.country % countries.length] as (typeof countries)[number];
        return {
          call: call('regulator', `${step.suspended ? 'suspend' : 'resume'} ${line}`),
          perform: (made) => ({
            real: step.suspended ? ledger().suspend(line, { reason: 'test' }, callerOf(made)) : ledger().resume(line, { reason: 'test' }, callerOf(made)),
            expected: () => this.#model.switchLine({ ...made, scope: 'regulator' }, line, step.suspended),
          }),
        };
      }
      case 'reverse': {
        const [id, posted] = pick([...this.#model.posted], step.pick) ?? ['unknown', undefined];
        return {
          call: call(posted?.exporter ?? 'nobody', `reverse ${id}`),
          perform: (made) => ({
            real: ledger().reverse(this.#ids.get(id) ?? id, { code: step.credits ? 'duplicate' : 'returned', reason: 'test' }, callerOf(made)),
            expected: () => this.#model.reverse({ ...made, scope: posted?.exporter ?? 'nobody' }, id, step.credits),
          }),
        };
      }
      case 'file': {
        const [id, posted] = pick([...this.#model.posted], step.pick) ?? ['unknown', undefined];
        return {
          call: call(posted?.exporter ?? 'nobody', `file ${id} ${step.itn}`),
          perform: (made) => ({
            real: ledger().file(this.#ids.get(id) ?? id, { itn: step.itn }, callerOf(made)),
            expected: () => this.#model.file({ ...made, scope: posted?.exporter ?? 'nobody' }, id, step.itn),
          }),
        };
      }
      case 'release':
      case 'amend':
      case 'exportHold':
        return this.#makeOnHold(step, call);
    }
  }

  #makeOnHold(step: Extract<Step, { do: 'release' | 'amend' | 'exportHold' }>, call: (scope: string, operation: string) => Call): Made {
    const ledger = (): Ledger => this.#ledger as Ledger;
    const [id, hold] = pick([...this.#model.holds], step.pick) ?? ['unknown', undefined];
    const realId = this.#ids.get(id) ?? id;
    const version = hold ? hold.revision - (step.stale ? 1 : 0) : 0;
    const anyVersion = step.stale ? { expectedRevision: version } : {};
    const made = call(hold?.exporter ?? 'nobody', `${step.do} ${id}`);
    // A retry under another exporter has that of the hold all the same: the scope is the owner's.
    const owned = (again: Call): Call => ({ ...again, scope: made.scope });
    if (step.do === 'release') {
      return {
        call: made,
        perform: (again) => ({
          real: ledger().release(realId, anyVersion, callerOf(again)),
          expected: () => this.#model.release(owned(again), id, anyVersion.expectedRevision),
        }),
      };
    }
    if (step.do === 'amend') {
      const items = step.items ?? undefined;
      const expiresAt = step.ms === 0 ? undefined : this.#now + step.ms - this.#keys;
      const request = { expectedRevision: version, ...(items && { items }), ...(expiresAt !== undefined && { expiresAt }) };
      const keyed = step.keyless ? { ...made, key: null } : made;
      return {
        call: keyed,
        perform: (again) => ({
          real: ledger().amend(realId, request, callerOf(again)),
          expected: () => this.#model.amend(owned(again), id, items, expiresAt, version),
        }),
      };
    }
    const [first] = hold?.items ?? [];
    const take = step.units === 0 || !first ? 'all' : { chip: first.chip, quantity: step.units };
    const part: ExportPart = take === 'all' ? { of: 'all' } : { of: 'items', items: [{ ...take, description: null }] };
    const exportedAt = this.#now + step.ms;
    return {
      call: made,
      perform: (again) => {
        const exportId = `${made.scope} ${String(again.key)}`;
        const real = ledger().exportHold(realId, { part, exportedAt, final: step.final, ...anyVersion }, callerOf(again));
        const expected = (): Answer => this.#model.exportHold(owned(again), id, exportId, take, step.final, exportedAt, anyVersion.expectedRevision);
        return { real: this.#named(exportId, real), expected };
      },
    };
  }

  /** Learns what the ledger called what the model calls `id`. */
  async #named(id: string, real: Promise<Outcome>): Promise<Outcome> {
    const outcome = await real;
    if (outcome.decided && outcome.event.type === 'ExportDebited') this.#ids.set(id, outcome.event.exportId);
    else if (outcome.decided && outcome.reservation) this.#ids.set(id, outcome.reservation.id);
    return outcome;
  }
}

function pick<Entry>(entries: readonly Entry[], place: number): Entry | undefined {
  // Mostly the newest ones, for those are open.
  return entries.at(-1 - (place % Math.max(1, Math.min(entries.length, 12))));
}

function callerOf({ scope, key, body }: Call): Caller {
  return { principal: scope, idempotencyKey: key, body };
}

function answerOf(outcome: Outcome): Answer {
  if (!outcome.decided) return { rejected: outcome.code };
  const { event, line, revision, replayed, reservation } = outcome;
  const { allocation, exported, reserved } = event.balanceMilliTpp;
  const { exports, openReservations, refusals } = event.counts;
  return {
    replayed,
    type: event.type === 'ReservationRefused' ? `${event.type} ${event.code}` : event.type,
    line,
    revision,
    balance: `${allocation} ${exported} ${reserved}`,
    counts: `${exports} ${openReservations} ${refusals}`,
    reservation: reservation ? `${reservation.status} ${reservation.heldMilliTpp} ${reservation.exportedMilliTpp} ${reservation.revision}` : null,
  };
}
