import type { Database, Statement } from 'better-sqlite3';
import type { ExportDebited, ExportReversed, Position } from '#ledger';
import { fromTpp } from '#rulebook';
import { dutiesOfGroup, dutiesOnReaching, groupsOf, type Duty, type DutyGroup, type RouteOf } from './duty.js';
import { consigneeOf, holderOf, type DutyShipment } from './duty-shipment.js';
import type { Names } from '../../tables/names.js';
import type { ObligationRows } from './obligation-rows.js';

interface Member {
  readonly is_hold: number;
  readonly at: number;
  readonly position: Position;
}

export interface DutyGroupsOptions {
  readonly database: Database;
  readonly names: Names;
  readonly rows: ObligationRows;
  readonly routeOf: RouteOf;
  /** The shipment of the event at a position: an export, or a hold as it was made. */
  readonly shipmentAt: (position: Position) => DutyShipment;
  /** A duty can be found by its id in the event at this position. */
  readonly onNamed: (duty: Pick<Duty, 'kind' | 'about'>, position: Position) => void;
}

/**
 * What is owed once for many shipments: by the first of them, or by the one that reaches an amount. Written at once, in
 * the order of events: only routes that debit no country are counted so, of which there are few.
 */
export class DutyGroups {
  readonly #options: DutyGroupsOptions;
  readonly #find: Statement<[string]>;
  readonly #create: Statement<[string, number, number]>;
  readonly #add: Statement<[number, number, number, number]>;
  readonly #remove: Statement<[number, number, number]>;
  readonly #first: Statement<[number]>;
  readonly #newest: Statement<[number]>;
  readonly #clearSeries: Statement<[number, string]>;
  readonly #addSeries: Statement<[number, string, number, string, number, number | null, number | null]>;
  readonly #received: Statement<[number]>;
  readonly #addReceived: Statement<[number, number]>;
  readonly #countedWith: Statement<[number, string]>;
  readonly #sourceOf: Statement<[number, string]>;

  constructor(options: DutyGroupsOptions) {
    this.#options = options;
    const { database } = options;
    this.#find = database.prepare<[string]>('SELECT id, subject FROM duty_groups WHERE name = ?');
    this.#create = database.prepare('INSERT INTO duty_groups (name, subject, counted) VALUES (?, ?, ?)');
    this.#add = database.prepare(
      'INSERT OR IGNORE INTO group_shipments (duty_group, is_hold, at, position) VALUES (?, ?, ?, ?)',
    );
    this.#remove = database.prepare(
      'DELETE FROM group_shipments WHERE duty_group = ? AND is_hold = ? AND position = ?',
    );
    this.#first = database.prepare<[number]>(
      'SELECT is_hold, at, position FROM group_shipments WHERE duty_group = ? ORDER BY is_hold, at, position LIMIT 1',
    );
    this.#newest = database
      .prepare<[number]>('SELECT max(position) FROM group_shipments WHERE duty_group = ? AND is_hold = 0')
      .pluck();
    this.#clearSeries = database.prepare('DELETE FROM duty_series WHERE subject = ? AND kind = ?');
    this.#addSeries = database.prepare(
      'INSERT INTO duty_series (subject, kind, since, route, source, exporter, party) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#received = database.prepare<[number]>('SELECT milli_tpp FROM received WHERE name = ?').pluck();
    this.#addReceived = database.prepare(
      'INSERT INTO received (name, milli_tpp) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET milli_tpp = milli_tpp + excluded.milli_tpp',
    );
    this.#countedWith = database.prepare(`
      SELECT g.id, g.subject, g.name FROM duty_groups AS g JOIN obligations AS o ON o.subject = g.subject
      WHERE g.counted = ? AND o.kind = ? AND o.period = 0 AND o.fulfilled IS NULL`);
    this.#sourceOf = database
      .prepare<[number, string]>(
        'SELECT source FROM obligations WHERE subject = ? AND kind = ? AND period = 0 AND fulfilled IS NULL',
      )
      .pluck();
  }

  /** The subject of a group's obligations; undefined for a group without shipments. */
  subjectOf(name: string): number | undefined {
    return (this.#find.get(name) as { readonly subject: number } | undefined)?.subject;
  }

  hold(shipment: DutyShipment): void {
    for (const group of groupsOf(shipment, this.#options.routeOf)) this.#join(group, shipment);
  }

  /** The hold was closed, or is another now. */
  unhold(shipment: DutyShipment): void {
    for (const group of groupsOf(shipment, this.#options.routeOf)) this.#leave(group, shipment);
  }

  exported(shipment: DutyShipment, { debitedMilliTpp, balanceMilliTpp }: ExportDebited): void {
    const received = this.#count(shipment, debitedMilliTpp, balanceMilliTpp.exported);
    for (const group of groupsOf(shipment, this.#options.routeOf)) {
      const subject = this.#join(group, shipment);
      for (const duty of dutiesOnReaching(group, shipment)) {
        if (received >= fromTpp(duty.tpp)) this.#options.rows.insert(subject, duty);
      }
    }
  }

  /** @param isGone it never took place, in contrast to one that came back */
  reversed(shipment: DutyShipment, { creditedMilliTpp, balanceMilliTpp }: ExportReversed, isGone: boolean): void {
    const received = this.#count(shipment, 0 - creditedMilliTpp, balanceMilliTpp.exported);
    for (const group of groupsOf(shipment, this.#options.routeOf)) {
      if (isGone) this.#leave(group, shipment);
      for (const duty of dutiesOnReaching(group, shipment)) {
        if (received < fromTpp(duty.tpp)) this.#withdrawAll(duty.kind, shipment);
        else if (isGone) this.#passOn(group, duty);
      }
    }
  }

  /** The line counts what another one has from now on, or has now another amount of it. */
  takenOver(shipment: DutyShipment, received: number): void {
    for (const group of groupsOf(shipment, this.#options.routeOf)) {
      for (const duty of dutiesOnReaching(group, shipment)) {
        if (received < fromTpp(duty.tpp)) this.#withdrawAll(duty.kind, shipment);
        else this.#options.rows.insert(this.#findOrCreate(group, shipment).subject, duty);
      }
    }
  }

  /** What the consignee, or the line, has received after this. */
  #count(shipment: DutyShipment, milliTpp: number, onLine: number): number {
    if (holderOf(shipment.line) !== undefined) return onLine;
    const name = this.#countedAs(shipment);
    this.#addReceived.run(name, milliTpp);
    return this.#received.get(name) as number;
  }

  #countedAs(shipment: DutyShipment): number {
    const { line, route } = shipment;
    const isOwnLine = holderOf(line) !== undefined;
    return this.#options.names.number(isOwnLine ? line : `${route} to ${consigneeOf(shipment).id}`);
  }

  #withdrawAll(kind: string, shipment: DutyShipment): void {
    const found = this.#countedWith.all(this.#countedAs(shipment), kind) as { readonly subject: number }[];
    for (const { subject } of found) this.#options.rows.clearKind(subject, kind);
  }

  /** The amount is reached without the export that reached it: the newest one that stands takes its place. */
  #passOn({ name }: DutyGroup, duty: Duty & { readonly tpp: number }): void {
    const group = this.#find.get(name) as { readonly id: number; readonly subject: number } | undefined;
    if (!group || this.#sourceOf.get(group.subject, duty.kind) !== duty.source) return;
    this.#options.rows.clearKind(group.subject, duty.kind);
    const newest = this.#newest.get(group.id) as number | null;
    if (newest === null) return;
    const { atMs: dueMs, position: source } = this.#options.shipmentAt(newest);
    this.#options.rows.insert(group.subject, { ...duty, dueMs, source });
  }

  /** Returns the group's subject. */
  #join(group: DutyGroup, shipment: DutyShipment): number {
    const { position, exportId, atMs } = shipment;
    const { id, subject } = this.#findOrCreate(group, shipment);
    this.#add.run(id, exportId === null ? 1 : 0, atMs, position);
    if ((this.#first.get(id) as Member).position === position) this.#write(subject, group, shipment);
    return subject;
  }

  #leave(group: DutyGroup, shipment: DutyShipment): void {
    const found = this.#find.get(group.name) as { readonly id: number; readonly subject: number } | undefined;
    if (!found) return;
    const wasFirst = (this.#first.get(found.id) as Member | undefined)?.position === shipment.position;
    this.#remove.run(found.id, shipment.exportId === null ? 1 : 0, shipment.position);
    if (!wasFirst) return;
    const first = this.#first.get(found.id) as Member | undefined;
    // A hold may have been amended since: when it must have left is known here.
    const next = first && { ...this.#options.shipmentAt(first.position), atMs: first.at };
    this.#write(found.subject, group, next);
  }

  #findOrCreate(group: DutyGroup, shipment: DutyShipment): { readonly id: number; readonly subject: number } {
    const found = this.#find.get(group.name) as { readonly id: number; readonly subject: number } | undefined;
    if (found) return found;
    const subject = -shipment.position;
    const id = Number(this.#create.run(group.name, subject, this.#countedAs(shipment)).lastInsertRowid);
    for (const { obligation } of group.rules) {
      for (const about of new Set([group.name, group.nameAsSpelled]))
        this.#options.onNamed({ kind: obligation.kind, about }, shipment.position);
    }
    return { id, subject };
  }

  /** What the group owes because of its first shipment; nothing if there is none left. */
  #write(subject: number, group: DutyGroup, first: DutyShipment | undefined): void {
    const { rows, names } = this.#options;
    for (const { obligation } of group.rules) {
      if (obligation.due.when !== 'on-reaching') rows.clearKind(subject, obligation.kind);
      this.#clearSeries.run(subject, obligation.kind);
    }
    if (first === undefined) return;
    const { duties, series } = dutiesOfGroup(group, first);
    for (const duty of duties) rows.insert(subject, duty);
    for (const { kind, sinceMs, route, source, exporter, party } of series) {
      rows.knowKind(route, kind);
      const from = exporter === null ? null : names.number(exporter);
      this.#addSeries.run(subject, kind, sinceMs, route, source, from, party === exporter ? null : names.number(party));
    }
  }
}
