import type { Ledger } from '#ledger';
import type { Views } from '#projections';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';
import { acceptsJson, minPositionOf } from './request-headers.js';

const waitMs = 2000;

/** Holds a read back until the views contain every write that this instance has answered, and `Min-Position`. */
export class ReadGate {
  constructor(
    private readonly ledger: Ledger,
    private readonly views: Views,
    private readonly alertsSettled: () => Promise<void>,
  ) {}

  /** @throws Problem 400 (Min-Position), 406 (Accept), 503 `projection-behind` after two seconds. */
  async open(request: FastifyRequest): Promise<void> {
    acceptsJson(request.headers);
    await this.waitFor(Math.max(minPositionOf(request.headers), this.ledger.position));
  }

  /** As `open`, and every alert that those writes raise is recorded and in the views too. */
  async openWithAlerts(request: FastifyRequest): Promise<void> {
    await this.open(request);
    await Promise.race([this.alertsSettled(), afterMs(waitMs)]);
    await this.waitFor(this.ledger.position);
  }

  /** @throws Problem 503 `projection-behind` if the views do not reach `position` within two seconds. */
  async waitFor(position: number): Promise<void> {
    if (this.views.position >= position) return;
    if (await this.views.waitFor(position, waitMs)) return;
    throw new Problem(
      'projection-behind',
      `The views of this instance are at position ${this.views.position}, not yet at ${position}. Try again in a second.`,
      { position: String(this.views.position) },
      { 'Retry-After': '1' },
    );
  }

  /** The header that says what a read reflects. */
  positionHeader(position: number = this.views.position): readonly string[] {
    return ['Ledger-Position', String(position)];
  }
}

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
