import type { Views } from '#projections';
import { milliTpp } from '#rulebook';
import type { OpenLedger } from '../../../../api/src/composition.js';
import { dayMs, type Stage } from './stage.js';

/** For the views to have what was recorded; who waits for it in vain goes on. */
const patienceMs = 30_000;
/** Shares of what waits. */
const acknowledged = 0.75;
const fulfilled = 0.9;
const fulfilledAhead = 10 * dayMs;
const pageOf = 200;

/**
 * Once a day holds lapse and caps follow the calendar: the ledger does that by itself, but by timers of real time, which
 * simulated time outruns. Once a week people see to what is owed, every fourth week to alerts.
 */
export class Office {
  readonly #stage: Stage;
  readonly #opened: OpenLedger;
  #capsAtMs: number;

  constructor(stage: Stage, opened: OpenLedger) {
    this.#stage = stage;
    this.#opened = opened;
    this.#capsAtMs = stage.startMs;
  }

  /** Opens every day from the start on. */
  open(): void {
    this.#openOn(Math.ceil(this.#stage.startMs / dayMs) * dayMs + 5 * 60_000, 1);
  }

  /** Resolves when holds that are due have lapsed, and the desk knows it. */
  async settle(): Promise<void> {
    const { ledger, views } = this.#opened;
    await ledger.lapseDue();
    await views.waitFor(ledger.position, patienceMs);
    this.#stage.desk.learn(views.lines.values());
  }

  #openOn(atMs: number, day: number): void {
    this.#stage.agenda.at(atMs, undefined, async () => {
      if (day % 7 === 0) await this.#week(day % 28 === 0);
      else await this.#opened.ledger.lapseDue();
      await this.#followCaps();
      this.#openOn(atMs + dayMs, day + 1);
    });
  }

  async #week(areAlertsRead: boolean): Promise<void> {
    const { views, alertsSettled } = this.#opened;
    await this.settle();
    if (areAlertsRead && (await alertsSettled(patienceMs))) await acknowledge(this.#stage, views);
    await fulfil(this.#stage, views);
  }

  async #followCaps(): Promise<void> {
    const { ledger, views } = this.#opened;
    const nowMs = this.#stage.now();
    if ((ledger.rulebook.nextCapChange(this.#capsAtMs) ?? Infinity) > nowMs) return;
    this.#capsAtMs = nowMs;
    await this.settle();
    await ledger.reconcileLines(views.lines.values());
  }
}

/** What a regulator orders now and then. */
export function giveOrders({ desk, agenda, startMs, endMs }: Stage): void {
  agenda.at(Math.round((startMs + endMs) / 2), 'PL', async () => {
    const { cap } = desk.useOf('PL');
    await desk.setAllocation('PL', milliTpp(2 * cap), 'Invented for the demo: an arrangement between governments.');
  });
  agenda.at(endMs - 20 * dayMs, 'KZ', () => desk.suspend('KZ', 'Invented for the demo: shipments that went on to another country.'));
}

async function acknowledge({ desk, random, now }: Stage, views: Views): Promise<void> {
  const { items } = await views.ask('alerts', { limit: pageOf, state: 'open' });
  const waiting = items.filter(({ acknowledgedBy, raisedAt }) => acknowledgedBy === null && Date.parse(raisedAt) < now() - dayMs);
  for (const { id, line } of waiting.sort(byText(({ raisedAt, line: of, level }) => `${raisedAt} ${of} ${level}`))) {
    if (random.chance(acknowledged)) await desk.acknowledge(id, line);
  }
}

/** What is overdue, or due soon, is done at once or next week. */
async function fulfil({ desk, random, now }: Stage, views: Views): Promise<void> {
  const nowMs = now();
  const reference = `Letter of ${new Date(nowMs).toISOString().slice(0, 10)}`;
  for (const status of ['overdue', 'open'] as const) {
    const { items } = await views.ask('obligations', { limit: pageOf, status, dueBeforeMs: nowMs + fulfilledAhead, nowMs });
    const done = [...items].sort(byText(({ dueAt, id }) => `${dueAt} ${id}`)).filter(() => random.chance(fulfilled));
    await Promise.all(done.map((row) => desk.fulfil(row, reference)));
  }
}

function byText<Item>(text: (item: Item) => string): (one: Item, other: Item) => number {
  return (one, other) => (text(one) < text(other) ? -1 : 1);
}
