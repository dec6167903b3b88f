import type { LineEvent } from '../events/line-event.js';
import { seal, type Draft, type SealedEvent } from '../events/seal.js';
import { decide } from '../line/decide.js';
import type { PostedExport, Reservation } from '../line/entries.js';
import { foldExport, foldReservation } from '../line/fold-entries.js';
import type { LineCommand } from '../line/line-command.js';
import { stateAfter } from '../line/line-state.js';
import type { Decision, LineContext } from '../line/recording.js';
import { quotaStreamOf } from '../line/streams.js';
import type { EntryCache } from './entry-cache.js';
import type { LineHead } from './line-head.js';

/** An event of a batch, with the entries that it is about as they stand right after it. */
export interface BatchedEvent {
  readonly sealed: SealedEvent<LineEvent>;
  readonly reservation: Reservation | undefined;
  readonly export: PostedExport | undefined;
}

/** Events decided one after another, not yet written: each command is decided on what those before it left. */
export class LineBatch {
  readonly #line: string;
  readonly #stream: string;
  readonly #entries: EntryCache;
  readonly #events: BatchedEvent[] = [];
  readonly #reservations = new Map<string, Reservation>();
  readonly #exports = new Map<string, PostedExport>();
  #head: LineHead;
  #bytesLeft: number;

  /** @param options `bytesMax`: of the JSON of all events together */
  constructor(options: { readonly line: string; readonly head: LineHead; readonly entries: EntryCache; readonly bytesMax: number }) {
    this.#line = options.line;
    this.#stream = quotaStreamOf(options.line);
    this.#head = options.head;
    this.#entries = options.entries;
    this.#bytesLeft = options.bytesMax;
  }

  get head(): LineHead {
    return this.#head;
  }

  get events(): readonly BatchedEvent[] {
    return this.#events;
  }

  /** What the command comes to now. Nothing joins the batch yet. */
  decide(command: LineCommand): Decision {
    return decide(command, this.#contextOf(command));
  }

  /** False, and nothing joins the batch, if the append would have too many bytes. The draft is used up either way. */
  add(draft: Draft<LineEvent>): boolean {
    const sealed = seal<LineEvent>(this.#stream, this.#head.end, draft);
    if (!this.#fits(sealed.json)) return false;
    const { event, revision } = sealed;
    const place = { line: this.#line, revision };
    const reservationId = 'reservationId' in event ? event.reservationId : null;
    const exportId = 'exportId' in event ? event.exportId : null;
    // What an event brings into being nobody can name before it is acknowledged.
    const isNew = event.type === 'QuotaReserved';
    const reservation =
      isNew || reservationId === null ? undefined : foldReservation(this.reservation(reservationId), event, place);
    const posted = exportId === null ? undefined : foldExport(this.#export(exportId), event, place);
    if (reservation) this.#reservations.set(reservation.id, reservation);
    if (posted) this.#exports.set(posted.id, posted);
    this.#events.push({ sealed, reservation, export: posted });
    this.#head = { end: sealed, state: stateAfter(event), lastRecordedAt: Date.parse(event.recordedAt) };
    return true;
  }

  #fits(json: string): boolean {
    if (this.#bytesLeft === Infinity) return true;
    const left = this.#bytesLeft - Buffer.byteLength(json);
    if (left < 0) return false;
    this.#bytesLeft = left;
    return true;
  }

  /** As it stands after the batch so far. */
  reservation(id: string): Reservation | undefined {
    return this.#reservations.get(id) ?? this.#entries.reservation(id);
  }

  #export(id: string): PostedExport | undefined {
    return this.#exports.get(id) ?? this.#entries.export(id);
  }

  #contextOf(command: LineCommand): LineContext {
    const { state, lastRecordedAt } = this.#head;
    return {
      state,
      lastRecordedAt,
      reservation: 'reservationId' in command ? this.reservation(command.reservationId) : undefined,
      export: command.type === 'Reverse' || command.type === 'File' ? this.#export(command.exportId) : undefined,
    };
  }
}
