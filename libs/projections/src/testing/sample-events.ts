import {
  digestOf,
  eventId,
  emptyStream,
  obligationStreamOf,
  rulebookStream,
  seal,
  uuidV5,
  type Draft,
  type LedgerEvent,
  type SealedEvent,
  type StoredEvent,
  type StreamEnd,
} from '#ledger';
import { builtInRulebook, type Rulebook } from '#rulebook';
import type { ObligationRow } from '../views/obligations/obligations.js';

const namespace = '6f0a5d7e-9d53-5f7d-8b1f-6c113f0c4f0e';
export const answered = { idempotencyKey: null, requestHash: null } as const;

export interface Thresholds {
  readonly watch: number;
  readonly critical: number;
  readonly exhausted: number;
  readonly hysteresis: number;
}

/** The events of a sample log, in their streams and sealed, and those that belong to no line. */
export class SampleEvents {
  readonly events: StoredEvent[] = [];
  readonly #ends = new Map<string, StreamEnd>();
  #ms: number;

  constructor(startAt: string) {
    this.#ms = Date.parse(startAt);
  }

  static id(name: string): string {
    return uuidV5(namespace, name);
  }

  get position(): number {
    return this.events.length;
  }

  /** The time of the next event. */
  get now(): string {
    return new Date(this.#ms).toISOString();
  }

  pass(ms: number): this {
    this.#ms += ms;
    return this;
  }

  /** @param routes in place of the built-in rulebook's */
  adopt(
    alerts: Thresholds = { watch: 0.8, critical: 0.9, exhausted: 1, hysteresis: 0.02 },
    routes: Rulebook['routes'] = builtInRulebook().document.routes,
  ): this {
    const { document, hash } = builtInRulebook();
    return this.append(rulebookStream, {
      type: 'RulebookAdopted',
      ...this.recorded(),
      hash,
      document: { ...document, alerts, ...(routes && { routes }) },
    });
  }

  /** Records that an obligation was fulfilled, as it stood in the views. */
  fulfil(row: ObligationRow, { at = this.now, reference = 'letter 1' } = {}): this {
    const { id, status: _status, fulfilment: _fulfilment, position: _position, ...obligation } = row;
    return this.append(obligationStreamOf(id), {
      type: 'ObligationFulfilled',
      obligationId: id,
      obligation,
      fulfilledAt: at,
      reference,
      note: null,
      commandId: null,
      ...answered,
      ...this.recorded(),
    });
  }

  /** Puts an event as it is behind what there is. */
  put(stream: string, json: string, type: string): this {
    const revision = this.end(stream).revision + 1;
    this.events.push({
      stream,
      revision,
      position: this.position + 1,
      id: eventId(stream, revision, digestOf(json)),
      type,
      json,
    });
    return this;
  }

  protected recorded() {
    return { v: 1, recordedAt: this.now, principal: 'acme' } as const;
  }

  protected end(stream: string): StreamEnd {
    return this.#ends.get(stream) ?? emptyStream;
  }

  protected append(stream: string, draft: Draft): this {
    const sealed: SealedEvent<LedgerEvent> = seal<LedgerEvent>(stream, this.end(stream), draft);
    const { id, type, json, revision } = sealed;
    this.#ends.set(stream, sealed);
    this.events.push({ id, type, json, stream, revision, position: this.position + 1 });
    this.#ms += 1000;
    return this;
  }
}
