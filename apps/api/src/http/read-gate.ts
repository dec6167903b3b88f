import type { EventStore, Ledger, Position } from '#ledger';
import type { Views } from '#projections';
import type { Fault } from '#wire';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';
import { minPositionOf } from './request-headers.js';

const waitMs = 2000;

/** What a read reflects: the log alone, the views, or with them the alerts that follow, or the register of companies. */
export type CaughtUp = 'log' | 'views' | 'alerts' | 'register';

/** Holds a read back until the views contain every write that this instance has answered, and `Min-Position`. */
export class ReadGate {
  constructor(
    private readonly ledger: Ledger,
    private readonly views: Views,
    private readonly store: Pick<EventStore, 'head'>,
    private readonly alertsSettled: (timeoutMs: number) => Promise<boolean>,
  ) {}

  /**
   * Resolves with the position of the views when what is to be read has caught up.
   * @throws Problem 400 (Min-Position), 503 `projection-behind` after two seconds
   */
  async open({ headers }: FastifyRequest, what: CaughtUp): Promise<Position> {
    const asked = minPositionOf(headers);
    await this.reachAsked(asked, { in: 'header', pointer: '/Min-Position' });
    if (what !== 'log') await this.waitFor(this.ledger.position);
    if (what === 'register') await this.ledger.companies.reach(asked);
    if (what === 'alerts' && !(await this.alertsSettled(waitMs))) throw this.behind('The alerts of the newest events are not recorded yet.');
    return this.views.position;
  }

  /**
   * Waits until the views contain a position that the caller names.
   * @throws Problem 400 `position-unknown` if the log ends before it, 503 as `waitFor`
   */
  async reachAsked(position: number, at: Pick<Fault, 'in' | 'pointer'>): Promise<void> {
    if (this.views.position >= position) return;
    // A store that cannot be asked does not know whether there is such a position: then it is waited for.
    const head = await this.store.head().catch(() => Infinity);
    if (position > head) throw positionUnknown(position, head, at);
    await this.waitFor(position);
  }

  /** @throws Problem 503 `projection-behind` if the views do not reach `position` within two seconds. */
  async waitFor(position: number): Promise<void> {
    if (this.views.position >= position) return;
    if (await this.views.waitFor(position, waitMs)) return;
    throw this.behind(`The views of this instance are at position ${this.views.position}, not yet at ${position}.`);
  }

  private behind(detail: string): Problem {
    return new Problem(
      'projection-behind',
      `${detail} Try again in a second.`,
      { position: String(this.views.position) },
      { 'Retry-After': '1' },
    );
  }
}

function positionUnknown(position: number, head: number, at: Pick<Fault, 'in' | 'pointer'>): Problem {
  const message = `${at.pointer.slice(1)} must be a position of the log, which ends at ${head}: ${position} lies beyond it`;
  return new Problem('position-unknown', `${message}. Use a position that this ledger has answered, as Ledger-Position.`, {
    errors: [{ ...at, message }],
    position: String(head),
  });
}
