import type { Database, Statement } from 'better-sqlite3';
import { decodeEvent, type LineEvent, type ObligationFulfilled, type Position, type StoredEvent } from '#ledger';
import { dutyPeriods, type DutyParty, type ObligationRule } from '#rulebook';
import type { CommandPlaces } from '../commands/commands.js';
import type { DutyBook } from '../rulebooks/rulebooks.js';
import { eventAt, type ReadEvent } from '../view.js';
import { ownerOf, shipmentAt, type DutyShipment } from './duty-shipment.js';
import { aboutOf, obligationId, overdueAfter } from './duty.js';
import type { ObligationKey } from './obligation-cursor.js';
import type { ObligationRow, ObligationStatus } from './obligation-row.js';
import type { ObligationPlace } from './obligation-rows.js';

export interface ObligationReaderOptions {
  readonly database: Database;
  readonly places: CommandPlaces;
  readonly readEvent: ReadEvent;
  readonly book: DutyBook;
  readonly placeIn: (stored: StoredEvent, id: string, periodFromMs?: number) => ObligationPlace | undefined;
}

/** A row of the table, or a period of a series, which has none before it is fulfilled. */
export interface ObligationTableRow extends ObligationKey {
  /** The last moment at which it is not overdue. */
  readonly overdue: number;
  readonly route: string;
  readonly source: Position;
  readonly exporter: number | null;
  readonly party: number | null;
  readonly is_done: number;
  readonly fulfilled: Position | null;
  /** End of the period, of a series. */
  readonly until?: number;
}

export interface SeriesRow {
  readonly subject: number;
  readonly kind: string;
  readonly since: number;
  readonly route: string;
  readonly source: Position;
  readonly exporter: number | null;
  readonly party: number | null;
}

export const obligationColumns = 'subject, kind, period, due, overdue, route, source, exporter, party, is_done, fulfilled';

/** Reads obligations: what a row says with the words of the event and the rulebook that it comes from. */
export class ObligationReader {
  readonly #options: ObligationReaderOptions;
  readonly #series: Statement<[]>;
  readonly #oneSeries: Statement<[number, string]>;
  readonly #row: Statement<[number, string, number]>;
  readonly #groups: Statement<[number]>;

  constructor(options: ObligationReaderOptions) {
    this.#options = options;
    const { database } = options;
    const series = 'SELECT subject, kind, since, route, source, exporter, party FROM duty_series';
    this.#series = database.prepare(series);
    this.#oneSeries = database.prepare(`${series} WHERE subject = ? AND kind = ?`);
    this.#row = database.prepare(
      `SELECT ${obligationColumns} FROM obligations WHERE subject = ? AND kind = ? AND period = ?`,
    );
    this.#groups = database.prepare<[number]>('SELECT name FROM duty_groups WHERE subject = ? ORDER BY id').pluck();
  }

  series(): readonly SeriesRow[] {
    return this.#series.all() as SeriesRow[];
  }

  find(id: string, nowMs: number): ObligationRow | undefined {
    const { places, readEvent, placeIn } = this.#options;
    for (const position of places.of(id)) {
      const stored = readEvent(position);
      if (!stored) continue;
      const row = stored.type === 'ObligationFulfilled' ? this.#fulfilledAt(stored, id) : this.#rowAt(placeIn(stored, id));
      if (row) return this.render(row, nowMs);
    }
    for (const series of this.series()) {
      const about = this.#aboutOf(series);
      const row = this.periods(series, nowMs).find(({ kind, period }) => obligationId({ kind, about }, period) === id);
      if (row) return this.render(row, nowMs);
    }
    return undefined;
  }

  /** The obligation of this kind that a shipment has a part in; of one that comes back, that of a period. */
  of(kind: string, shipment: DutyShipment, nowMs: number, periodFromMs?: number): ObligationRow | undefined {
    const { book, placeIn } = this.#options;
    const about = aboutOf(kind, shipment, ({ rulebookHash, route }) => book.route(rulebookHash, route));
    if (about === undefined) return undefined;
    const place = placeIn(eventAt(this.#options.readEvent, shipment.position), obligationId({ kind, about }, periodFromMs), periodFromMs);
    const row = this.#rowAt(place) ?? (place && this.#periodAt(place, nowMs));
    return row && this.render(row, nowMs);
  }

  #periodAt({ subject, kind, period }: ObligationPlace, nowMs: number): ObligationTableRow | undefined {
    const series = this.#oneSeries.get(subject, kind) as SeriesRow | undefined;
    return series && this.periods(series, nowMs).find((each) => each.period === period);
  }

  #fulfilledAt(stored: StoredEvent, id: string): ObligationTableRow | undefined {
    const event = decodeEvent(stored.json) as ObligationFulfilled;
    if (event.obligationId !== id) return undefined;
    const { kind, raisedBy, period, route, dueAt } = event.obligation;
    const from = period === null ? undefined : Date.parse(period.from);
    const source = this.#options.places.ofEvent(raisedBy);
    const raising = source === undefined ? undefined : eventAt(this.#options.readEvent, source);
    const place = (raising && this.#options.placeIn(raising, id, from)) ?? { subject: -stored.position, kind, period: from ?? 0 };
    const dueMs = Date.parse(dueAt);
    const whole = { due: dueMs, overdue: dueMs, route, source: source ?? stored.position, exporter: null, party: null, is_done: 1 };
    return this.#rowAt(place) ?? { ...place, ...whole, fulfilled: stored.position };
  }

  #rowAt(place: ObligationPlace | undefined): ObligationTableRow | undefined {
    return place && (this.#row.get(place.subject, place.kind, place.period) as ObligationTableRow | undefined);
  }

  /** The periods that have begun and were not fulfilled. */
  periods(series: SeriesRow, nowMs: number): readonly ObligationTableRow[] {
    const { subject, kind, since, route, source, exporter, party } = series;
    const { rulebookHash, route: by, recordedAtMs } = shipmentAt(this.#options.readEvent, source);
    const due = this.#options.book.route(rulebookHash, by)?.dueOf(kind);
    if (due?.when !== 'yearly' && due?.when !== 'every-months') return [];
    return Array.from(dutyPeriods(due, since, nowMs), ({ fromMs, untilMs, dueMs }): ObligationTableRow => {
      const row = { subject, kind, period: fromMs, due: dueMs, overdue: overdueAfter(dueMs, due, recordedAtMs), until: untilMs };
      return { ...row, route, source, exporter, party, is_done: 0, fulfilled: null };
    }).filter(({ period }) => this.#row.get(subject, kind, period) === undefined);
  }

  render(row: ObligationTableRow, nowMs: number): ObligationRow {
    return row.fulfilled === null ? this.#renderOpen(row, nowMs) : this.#renderFulfilled(row.fulfilled, row.source);
  }

  #renderFulfilled(position: Position, source: Position): ObligationRow {
    const stored = eventAt(this.#options.readEvent, position);
    const { obligationId: id, obligation, fulfilledAt, reference, note, principal } = decodeEvent(stored.json) as ObligationFulfilled;
    const fulfilment = { eventId: stored.id, position, fulfilledAt, reference, note, principal };
    const raisedBy = { ...obligation.raisedBy, position: source };
    return { id, ...obligation, raisedBy, status: 'done', fulfilment, position };
  }

  #renderOpen(row: ObligationTableRow, nowMs: number): ObligationRow {
    const { subject, kind, period, due, overdue, route, source, until } = row;
    const shipment = shipmentAt(this.#options.readEvent, source);
    const rule = this.#ruleOf(shipment, kind);
    const about = subject < 0 ? this.#aboutOf({ subject, kind }) : aboutShipment(shipment, rule?.due.when === 'before-export');
    const stored = eventAt(this.#options.readEvent, source);
    const by: DutyParty = rule?.by ?? 'exporter';
    const isDone = row.is_done === 1;
    const isPeriod = until !== undefined;
    const noticed = rule?.fact === undefined ? undefined : shipment.facts?.[rule.fact];
    return {
      id: obligationId({ kind, about }, isPeriod ? period : undefined),
      kind,
      text: rule?.text ?? kind,
      citation: rule?.citation ?? '',
      party: ownerOf(by, shipment),
      exporter: subject < 0 && row.exporter === null ? null : shipment.exporter,
      consignee: shipment.consignee?.name ?? null,
      route,
      line: shipment.line,
      reservationId: isPeriod ? null : shipment.reservationId,
      exportId: isPeriod ? null : shipment.exportId,
      period: isPeriod ? { from: iso(period), until: iso(until) } : null,
      dueAt: iso(due),
      raisedBy: { eventId: stored.id, position: source },
      status: statusOf(overdue, isDone, nowMs),
      fulfilment: isDone
        ? { eventId: stored.id, position: source, fulfilledAt: iso(Date.parse(noticed ?? '')), reference: null, note: null, principal: principalOf(stored) }
        : null,
      position: source,
    };
  }

  /** What the obligations of a group are about: its name. A place belongs to the group that has a duty of this kind. */
  #aboutOf({ subject, kind }: { readonly subject: number; readonly kind: string }): string {
    const groups = this.#groups.all(subject) as string[];
    if (groups.length < 2) return groups[0] ?? '';
    const first = eventAt(this.#options.readEvent, -subject);
    return groups.find((name) => this.#options.placeIn(first, obligationId({ kind, about: name }))?.kind === kind) ?? '';
  }

  #ruleOf(shipment: DutyShipment, kind: string): ObligationRule | undefined {
    return this.#options.book.route(shipment.rulebookHash, shipment.route)?.obligationRule(kind);
  }
}

function aboutShipment({ reservationId, exportId }: DutyShipment, isBefore: boolean): string {
  return (isBefore ? (reservationId ?? exportId) : exportId) ?? '';
}

function statusOf(overdueMs: number, isDone: boolean, nowMs: number): ObligationStatus {
  if (isDone) return 'done';
  return overdueMs < nowMs ? 'overdue' : 'open';
}

function principalOf(stored: StoredEvent): string {
  return (decodeEvent(stored.json) as LineEvent).principal;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
