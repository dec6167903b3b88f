import type { OpenLedger } from '../../../../api/src/composition.js';
import { Agenda } from '../agenda.js';
import type { DemoClock } from '../demo-clock.js';
import { Desk } from '../desk.js';
import { Random } from '../random.js';
import { demands } from '../sample/demands.js';
import { catchUp, followDemand, orderAnnounced } from './demand.js';
import { askForTheEmbargoed, shipToPartners, shipToSmallBuyers, supplyValidatedEndUsers } from './elsewhere.js';
import { exportWeights } from './model-weights.js';
import { giveOrders, Office } from './office.js';
import { hourMs, type Stage } from './stage.js';

/** What is so close together may be committed at once, where one has nothing to do with the other. */
const togetherMs = 12 * hourMs;

/** Everything that happens in a demo, in the order of its simulated time. The same seed and end give the same story. */
export class Story {
  readonly #stage: Stage;
  readonly #clock: DemoClock;
  readonly #office: Office;

  /** @param clock stands at the beginning of the history */
  constructor(opened: OpenLedger, clock: DemoClock, { seed, endMs }: { readonly seed: number; readonly endMs: number }) {
    const { now } = clock;
    this.#clock = clock;
    this.#stage = { desk: new Desk(opened.ledger, now), agenda: new Agenda(), random: new Random(seed), now, startMs: now(), endMs };
    supplyValidatedEndUsers(this.#stage);
    orderAnnounced(this.#stage);
    for (const demand of demands) followDemand(this.#stage, demand);
    shipToPartners(this.#stage);
    askForTheEmbargoed(this.#stage);
    shipToSmallBuyers(this.#stage);
    exportWeights(this.#stage);
    giveOrders(this.#stage);
    this.#office = new Office(this.#stage, opened);
    this.#office.open();
  }

  /** Requests that recorded nothing, for people: none, unless somebody else had a hand in it. */
  get rejected(): readonly string[] {
    return this.#stage.desk.rejected;
  }

  /** When something happens next: milliseconds since 1970. */
  get nextMs(): number {
    return this.#stage.agenda.nextMs;
  }

  next(): Promise<void> {
    return this.#stage.agenda.next();
  }

  /**
   * Lets everything happen up to its end, at once. The clock stands at the end then.
   * @throws the reason of the signal
   */
  async writeHistory(signal?: AbortSignal): Promise<void> {
    const { agenda, endMs } = this.#stage;
    while (agenda.nextMs < endMs) {
      signal?.throwIfAborted();
      await agenda.next(Math.min(agenda.nextMs + togetherMs, endMs - 1), (atMs) => this.#clock.standAt(atMs));
    }
    this.#clock.standAt(endMs);
    // What lapsed or was released since then is asked for again, so that no chance decides in which status a country is.
    await this.#office.settle();
    for (const demand of demands) (await catchUp(this.#stage, demand))?.();
    await this.#office.settle();
  }
}
