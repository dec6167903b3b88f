import type { AlertAcknowledged, AlertEvent } from '../events/alert-event.js';
import type { Position } from '../events/stored-event.js';
import { alertsStreamOf } from '../line/streams.js';
import { rejected } from '../outcome/rejected.js';
import type { StreamBatch, StreamCommand, StreamKind } from './stream-writer.js';

/** `at` in milliseconds since 1970. */
export interface AcknowledgeAlert extends StreamCommand {
  readonly alertId: string;
  readonly line: string;
  readonly principal: string;
  readonly at: number;
}

/** The alerts of one line. The views raise and close them; here they are acknowledged. */
export class AlertStream implements StreamKind<AcknowledgeAlert, AlertEvent> {
  readonly stream: string;
  readonly waitFor: string;
  readonly batchMax = 500;
  readonly isFoldedWhole = true;
  readonly hasOtherWriters = true;
  /** By alert, where it was acknowledged first; null: not yet. */
  readonly #alerts = new Map<string, Position | null>();
  #lastRecordedAt = 0;

  constructor(line: string) {
    this.stream = alertsStreamOf(line);
    this.waitFor = `acknowledgements of alerts on ${line} wait`;
  }

  /** Where the alert was acknowledged first. */
  acknowledgedAt(alertId: string): Position | undefined {
    return this.#alerts.get(alertId) ?? undefined;
  }

  begin(): StreamBatch<AcknowledgeAlert, AlertEvent> {
    const inBatch = new Set<string>();
    return {
      decide: ({ alertId, line, principal, at }) => {
        const known = this.#alerts.get(alertId);
        if (known === undefined) return rejected('alert-not-found', `There is no alert ${alertId}.`);
        if (known !== null || inBatch.has(alertId)) return null;
        const recordedAt = new Date(Math.max(at, this.#lastRecordedAt)).toISOString();
        return { type: 'AlertAcknowledged', v: 1, recordedAt, principal, alertId, line } satisfies Omit<AlertAcknowledged, 'nonce' | 'prev'>;
      },
      add: ({ alertId }) => inBatch.add(alertId),
    };
  }

  fold(event: AlertEvent, _revision: number, position: Position): void {
    const first = this.#alerts.get(event.alertId) ?? null;
    this.#alerts.set(event.alertId, event.type === 'AlertAcknowledged' ? (first ?? position) : first);
    this.#lastRecordedAt = Date.parse(event.recordedAt);
  }
}
