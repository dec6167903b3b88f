import type { EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import { decodeEvent } from '../events/codec.js';
import type { AlertAcknowledged, AlertEvent } from '../events/ledger-event.js';
import { digestOf, emptyStream, seal, type SealedEvent, type StreamEnd } from '../events/seal.js';
import { alertsStreamOf } from '../line/streams.js';
import type { Appends } from '../appending/appends.js';
import { rejected, type Rejected } from '../outcome/rejected.js';

export interface Acknowledgement {
  readonly acknowledged: true;
  readonly position: Position;
}

export interface AcknowledgeRequest {
  readonly alertId: string;
  readonly line: string;
  readonly principal: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface AcknowledgementsOptions {
  readonly store: EventStore;
  readonly appends: Appends;
  readonly onCommitted: (position: Position) => void;
}

const page = 500;
/** Lines whose alerts are kept at hand. */
const linesMax = 100;

/** Records who acknowledged an alert. The first one counts: acknowledging again changes nothing. */
export class Acknowledgements {
  readonly #options: AcknowledgementsOptions;
  /** The one asked for last stands last. */
  readonly #lines = new Map<string, AlertsOfLine>();

  constructor(options: AcknowledgementsOptions) {
    this.#options = options;
  }

  /** @throws StoreUnavailable */
  acknowledge(request: AcknowledgeRequest): Promise<Acknowledgement | Rejected> {
    const { line } = request;
    const alerts = this.#lines.get(line) ?? new AlertsOfLine(line, this.#options);
    this.#lines.delete(line);
    this.#lines.set(line, alerts);
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > linesMax && oldest !== undefined) this.#lines.delete(oldest);
    return alerts.acknowledge(request);
  }
}

/** The alerts of one line, each event read once, acknowledged one after another: together they would only conflict. */
class AlertsOfLine {
  readonly #options: AcknowledgementsOptions;
  readonly #stream: string;
  /** By alert, where it was acknowledged; null: not yet. */
  readonly #alerts = new Map<string, Position | null>();
  #end: StreamEnd = emptyStream;
  #lastMs = 0;
  #before: Promise<unknown> = Promise.resolve();

  constructor(line: string, options: AcknowledgementsOptions) {
    this.#stream = alertsStreamOf(line);
    this.#options = options;
  }

  acknowledge(request: AcknowledgeRequest): Promise<Acknowledgement | Rejected> {
    const done = this.#before.then(() => this.#acknowledge(request));
    this.#before = done.catch(() => undefined);
    return done;
  }

  async #acknowledge(request: AcknowledgeRequest): Promise<Acknowledgement | Rejected> {
    const { appends, onCommitted } = this.#options;
    for (;;) {
      await this.#readOn();
      const known = this.#alerts.get(request.alertId);
      if (known === undefined) return rejected('alert-not-found', `There is no alert ${request.alertId}.`);
      if (known !== null) return { acknowledged: true, position: known };
      const sealed = this.#sealed(request);
      const result = await appends.append(this.#stream, this.#end.revision, [sealed]);
      if (!result.appended) continue;
      const position = result.positions[0] as Position;
      this.#fold(sealed.event, sealed, position);
      onCommitted(position);
      return { acknowledged: true, position };
    }
  }

  #sealed({ alertId, line, principal, at }: AcknowledgeRequest): SealedEvent<AlertAcknowledged> {
    const recordedAt = new Date(Math.max(at, this.#lastMs)).toISOString();
    return seal<AlertAcknowledged>(this.#stream, this.#end, { type: 'AlertAcknowledged', v: 1, recordedAt, principal, alertId, line });
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const read = await this.#options.store.readStream(this.#stream, { from: this.#end.revision + 1, limit: page });
      for (const { json, revision, position } of read) {
        this.#fold(decodeEvent(json) as AlertEvent, { revision, digest: digestOf(json) }, position);
      }
      if (read.length < page) return;
    }
  }

  #fold(event: AlertEvent, { revision, digest }: StreamEnd, position: Position): void {
    const acknowledgedAt = this.#alerts.get(event.alertId) ?? null;
    this.#alerts.set(event.alertId, event.type === 'AlertAcknowledged' ? (acknowledgedAt ?? position) : acknowledgedAt);
    this.#end = { revision, digest };
    this.#lastMs = Date.parse(event.recordedAt);
  }
}
