import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { commandIdOf, decodeEvent, lineOfStream, type AlertEvent, type Position, type StoredEvent } from '#ledger';
import type { AlertThresholds } from '#rulebook';
import { DutyBook } from '../duties/duty-book.js';
import type { LineFold } from '../folds/line-fold.js';
import type { AdoptedRulebook, Applied, Crossing, ExportRow, LineView, ReservationRow, UncountedShipment } from '../views.js';
import { AlertTable, crossingKey, recordedCrossing } from './alert-table.js';
import { BatchFold } from './batch-fold.js';
import { CommandTable } from './command-table.js';
import { Checkpoint, noCheckpoint } from './checkpoint.js';
import { DutyWriter } from './duty-writer.js';
import { EntryPages } from './entry-pages.js';
import { EntryReader, misplaced, type ReadEvent } from './entry-reader.js';
import { EntryWriter } from './entry-writer.js';
import { LineTables } from './line-tables.js';
import { Names } from './names.js';
import { ObligationPages } from './obligation-pages.js';
import { ObligationReader } from './obligation-reader.js';
import { ReportMaker } from './report-maker.js';
import { schema } from './schema.js';
import { UncountedTable } from './uncounted-table.js';
import { UveuLines } from './uveu-lines.js';
import { WeightExportTable } from './weight-export-table.js';

/** What a batch changed, and which crossings (by key) its alert events recorded. */
export interface AppliedBatch extends Applied {
  readonly recorded: readonly string[];
}

export interface ViewsFileOptions {
  /** `:memory:` for views that live as long as the object. */
  readonly path: string;
  readonly readEvent: ReadEvent;
  /** Not safe against a power cut until `harden` is called: for a file that nobody reads yet. */
  readonly fast?: boolean;
}

/** Pages of write-ahead log after which `tidy` copies them into the file: 8 MiB, so that no read waits long. */
const walPagesMax = 2_048;

/**
 * The views in one SQLite file. A batch of events is folded and saved in one transaction together with the checkpoint,
 * so the file always stands at one position of the log. Everything here is synchronous; no clock, no other I/O.
 */
export class ViewsFile {
  readonly path: string;
  readonly reader: EntryReader;
  readonly names: Names;
  readonly alerts: AlertTable;
  readonly reservations: EntryPages<ReservationRow>;
  readonly exports: EntryPages<ExportRow>;
  readonly weightExports: WeightExportTable;
  readonly lineTables: LineTables;
  readonly uveuLines: UveuLines;
  readonly database: Database;
  readonly obligations: ObligationPages;
  readonly obligation: ObligationReader;
  readonly reports: ReportMaker;
  readonly #entries: EntryWriter;
  readonly #duties: DutyWriter;
  readonly #book = new DutyBook();
  readonly #table: Checkpoint;
  readonly #uncounted: UncountedTable;
  #checkpoint = noCheckpoint;
  #thresholds: AlertThresholds | undefined;
  readonly #folds = new Map<string, LineFold>();
  readonly #rulebooks: AdoptedRulebook[] = [];
  readonly #crossings = new Map<string, Crossing>();

  /**
   * Opens or creates the file.
   * @throws Error if it cannot be read or is of another version: build the views anew in another file.
   */
  constructor({ path, readEvent, fast = false }: ViewsFileOptions) {
    this.path = path;
    this.database = new SqliteDatabase(path);
    try {
      this.#configure(fast);
      this.#table = new Checkpoint(this.database);
      // First of all: a file of another version has other tables.
      this.#checkpoint = this.#table.load();
      this.names = new Names(this.database);
      this.reader = new EntryReader(this.database, readEvent);
      this.alerts = new AlertTable(this.database, this.names);
      this.#uncounted = new UncountedTable(this.database);
      this.weightExports = new WeightExportTable(this.database, this.names, readEvent);
      this.lineTables = new LineTables(this.database, this.names);
      this.reservations = new EntryPages(this.database, this.names, 'reservations', (key) =>
        this.reader.reservationAt(key),
      );
      this.exports = new EntryPages(this.database, this.names, 'exports', (key) => this.reader.exportAt(key));
      const commands = new CommandTable(this.database);
      const { database, reader, names } = this;
      const sources = { database, reader, readEvent, book: this.#book };
      this.#duties = new DutyWriter({ ...sources, names, addPlace: (id, position) => commands.add(id, position) });
      this.obligation = new ObligationReader({ ...sources, placeIn: this.#duties.placeIn.bind(this.#duties) });
      this.obligations = new ObligationPages({ database, names, reader: this.obligation });
      this.uveuLines = new UveuLines({ ...sources, lineTables: this.lineTables });
      const { lineTables, uveuLines, obligation: obligations } = this;
      this.reports = new ReportMaker({ ...sources, names, usage: this.#duties.usage, lineTables, uveuLines, obligations });
      this.#entries = new EntryWriter({ database, commands, reader, names, duties: this.#duties, uncounted: this.#uncounted });
      this.#load();
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  get position(): Position {
    return this.#checkpoint.position;
  }

  get recordedAt(): string | null {
    return this.#checkpoint.recordedAt;
  }

  /** Id of the event at `position`; `''` before the first. */
  get eventId(): string {
    return this.#checkpoint.eventId;
  }

  get rulebooks(): readonly AdoptedRulebook[] {
    return this.#rulebooks;
  }

  lines(): readonly LineView[] {
    return Array.from(this.#folds.values(), ({ view }) => view);
  }

  /** Crossings that no alert event records yet, in log order. */
  crossings(): readonly Crossing[] {
    return [...this.#crossings.values()];
  }

  /** Events that lines of validated end users do not count yet, in log order. */
  uncounted(): readonly UncountedShipment[] {
    return this.#uncounted.all();
  }

  /**
   * Folds the events after `position` and saves views and checkpoint in one transaction; events that were applied
   * before are passed over. Undefined if there was nothing new.
   * @throws UnknownEvent for an event that this build cannot read; the views then stay as they were.
   */
  apply(batch: readonly StoredEvent[]): AppliedBatch | undefined {
    const news = batch.filter(({ position }) => position > this.position);
    if (news.length === 0) return undefined;
    const fold = new BatchFold(this.#folds, this.#thresholds);
    this.database.exec('BEGIN IMMEDIATE');
    try {
      for (const stored of news) this.#fold(stored, fold);
      this.#save(fold);
      this.#table.save(fold.checkpoint);
      this.database.exec('COMMIT');
      return this.#adopt(fold);
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      this.names.forget();
      this.#entries.forget();
      this.weightExports.forget();
      this.#duties.forget();
      throw error;
    }
  }

  /** Work that can wait for a pause between batches. Returns whether something was done. */
  tidy(): boolean {
    if (this.#entries.commands.mergeIsDue) {
      this.database.transaction(() => this.#entries.commands.merge()).immediate();
      return true;
    }
    return this.#table.copyWal(walPagesMax);
  }

  /** Ends `fast`: all that was written is on disk afterwards. */
  harden(): void {
    this.database.pragma('synchronous = FULL');
    this.database.pragma('wal_checkpoint(TRUNCATE)');
    this.database.pragma('synchronous = NORMAL');
  }

  close(): void {
    this.database.close();
  }

  #configure(fast: boolean): void {
    const { database } = this;
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${fast ? 'OFF' : 'NORMAL'}`);
    database.pragma('cache_size = -32768');
    database.pragma('wal_autocheckpoint = 0');
    const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
    if (tables === 0) database.transaction(() => database.exec(schema)).immediate();
  }

  #load(): void {
    for (const fold of this.lineTables.folds()) this.#folds.set(fold.view.line, fold);
    this.#rulebooks.push(...this.#table.rulebooks());
    for (const { event } of this.#rulebooks) this.#book.adopt(event.hash, event.document);
    this.#thresholds = this.#rulebooks.at(-1)?.event.document.alerts;
    this.#uncounted.load();
    for (const crossing of this.alerts.crossings()) this.#crossings.set(crossingKey(crossing), crossing);
  }

  #fold(stored: StoredEvent, fold: BatchFold): void {
    const event = decodeEvent(stored.json);
    // Whatever stream it stands in: a command is found by its identity alone.
    const commandId = commandIdOf(event);
    if (commandId !== null) this.#entries.commands.add(commandId, stored.position);
    switch (event.type) {
      case 'RulebookAdopted':
        fold.adoptRulebook(event, stored.position);
        this.#book.adopt(event.hash, event.document);
        break;
      case 'CompanyRegistered':
      case 'CompanyAmended':
      case 'CompaniesMerged':
      case 'AuthorisationGranted':
      case 'AuthorisationAmended':
      case 'AuthorisationRevoked':
        // The ledger keeps the register itself: here only its commands are found again.
        fold.registerAt = stored.position;
        break;
      case 'LineChosen':
      case 'LossAccepted':
        // How instances agree on the line of a command, whose outcome is on the line; why the log is shorter than it was.
        break;
      case 'AlertRaised':
      case 'AlertClosed':
      case 'AlertAcknowledged':
        this.#foldAlert(event, stored, fold);
        break;
      case 'WeightExportRecorded':
      case 'WeightExportRefused':
        this.weightExports.fold(event, stored.position);
        break;
      case 'ObligationFulfilled':
        this.#duties.fulfilled(event, stored.position);
        break;
      default: {
        const line = lineOfStream(stored.stream);
        if (line === undefined) throw misplaced(stored);
        fold.foldLine(stored, line, event);
        this.#entries.fold(stored, line, event);
      }
    }
    fold.checkpoint = { position: stored.position, eventId: stored.id, recordedAt: event.recordedAt };
  }

  #foldAlert(event: AlertEvent, stored: StoredEvent, fold: BatchFold): void {
    const key = recordedCrossing(event);
    const crossing = key === undefined ? undefined : (fold.crossings.get(key) ?? this.#crossings.get(key));
    // Mostly there: crossings follow from the lines' events, and wait for the events that tell of them.
    const alert = this.alerts.fold(event, stored.position, crossing?.position ?? this.uveuLines.measuredAt(event, fold));
    if (alert) fold.alerts.push(alert);
    if (key === undefined) return;
    fold.recorded.push(key);
    if (!fold.crossings.delete(key) && crossing) this.alerts.removeCrossing(crossing);
  }

  #save(fold: BatchFold): void {
    for (const { event, position } of fold.rulebooks) this.#table.saveRulebook(event, position);
    for (const line of fold.lines.values()) {
      this.lineTables.save(line.fold);
      for (const day of line.days.values()) this.lineTables.saveDay(line.fold.view.line, day);
    }
    for (const times of fold.thresholdTimes) this.lineTables.saveThresholdTimes(times);
    for (const crossing of fold.crossings.values()) this.alerts.addCrossing(crossing);
    this.#entries.flush();
    this.weightExports.flush();
  }

  #adopt(fold: BatchFold): AppliedBatch {
    this.#checkpoint = fold.checkpoint;
    this.#thresholds = fold.thresholds;
    this.#rulebooks.push(...fold.rulebooks);
    for (const [line, { fold: changed }] of fold.lines) this.#folds.set(line, changed);
    for (const key of fold.recorded) this.#crossings.delete(key);
    for (const [key, crossing] of fold.crossings) this.#crossings.set(key, crossing);
    this.#uncounted.adopt();
    return {
      position: fold.checkpoint.position,
      recordedAt: fold.checkpoint.recordedAt ?? '',
      lines: Array.from(fold.lines.values(), (line) => line.fold.view),
      alerts: fold.alerts,
      rulebooks: fold.rulebooks,
      crossings: [...fold.crossings.values()],
      uncounted: this.#uncounted.all(),
      recorded: fold.recorded,
      registerAt: fold.registerAt,
    };
  }
}
