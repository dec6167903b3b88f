import type { AlertEvent } from '../events/alert-event.js';
import type { Position } from '../events/stored-event.js';
import type { Rejected } from '../outcome/rejected.js';
import { AlertStream, type AcknowledgeAlert } from './alert-stream.js';
import type { StreamWriterOptions } from './stream-writer.js';
import { StreamWriters } from './stream-writers.js';

export interface Acknowledgement {
  readonly acknowledged: true;
  readonly position: Position;
}

/** Lines whose alerts are kept at hand. */
const linesMax = 100;

/** Records who acknowledged an alert. The first one counts: acknowledging again changes nothing. */
export class Acknowledgements {
  readonly #lines: StreamWriters<AcknowledgeAlert, AlertEvent, AlertStream>;

  constructor(options: StreamWriterOptions) {
    this.#lines = new StreamWriters((line) => new AlertStream(line), { ...options, max: linesMax });
  }

  async acknowledge(request: Omit<AcknowledgeAlert, 'identity'>): Promise<Acknowledgement | Rejected> {
    const { writer, kind } = this.#lines.of(request.line);
    const outcome = await writer.submit({ ...request, identity: null });
    if (outcome?.decided === false) return outcome;
    return { acknowledged: true, position: outcome?.position ?? (kind.acknowledgedAt(request.alertId) as Position) };
  }
}
