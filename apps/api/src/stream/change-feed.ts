import type { EventStore, Position } from '#ledger';
import type { AlertRow, Applied, LineView, Views } from '#projections';
import { countryOfLine } from '#rulebook';
import { alertBody } from '../alerts/alert-body.js';
import type { CountryBook } from '../countries/country-book.js';
import { readLog } from '../events/read-log.js';
import type { ReadingTurns } from '../http/reading-turns.js';
import { HeadBeat } from './head-beat.js';
import { eventText, type Message } from './message.js';

/** So that no country is sent more than four times a second. */
const tickMs = 250;
/** Alerts kept for clients that come back. */
const alertsMax = 10_000;
/** Positions looked through for alerts that are no longer kept; a client further behind starts anew. */
const scanMax = 10_000;

interface RaisedAlert {
  readonly row: AlertRow;
  /** The views showed it from here on. */
  readonly position: Position;
}

/**
 * The changes of the views, gathered and told to all clients four times a second. In each telling the messages go up in
 * position, and the next one starts where it ended: whoever has seen an id has seen everything up to it.
 */
export class ChangeFeed {
  readonly #listeners = new Set<(messages: readonly Message[]) => void>();
  readonly #changed = new Map<string, LineView>();
  readonly #raised: RaisedAlert[] = [];
  readonly #known = new Set<string>();
  readonly #stop: () => void;
  readonly #beat: HeadBeat;
  #untold: RaisedAlert[] = [];
  #timer: NodeJS.Timeout | undefined;
  #toldAtMs = 0;
  /** Alerts after this position are all in `#raised`. */
  #keptAfter: Position;
  /** What clients have been told. */
  #position: Position;

  constructor(
    private readonly views: Views,
    private readonly store: EventStore,
    private readonly book: CountryBook,
    private readonly turns: ReadingTurns,
  ) {
    this.#keptAfter = views.position;
    this.#position = views.position;
    this.#stop = views.subscribe((applied) => this.#gather(applied));
    this.#beat = new HeadBeat({ views, store, tell: (message) => this.#tellAll([message]) });
  }

  /** What clients that are up to date have been told. */
  get position(): Position {
    return this.#position;
  }

  /** Returns the function that ends it. */
  subscribe(listener: (messages: readonly Message[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * What a client that knows everything up to `after` has missed; undefined if that cannot be told any more, or if it
   * left meanwhile.
   */
  async since(after: Position, hasLeft: () => boolean): Promise<readonly Message[] | undefined> {
    await this.turns.next();
    const until = this.#position;
    if (after > until || hasLeft()) return undefined;
    const raised = await this.#raisedSince(after, until, hasLeft);
    if (raised === undefined) return undefined;
    const lines = [...this.views.lines.values()].filter(({ position }) => position > after && position <= until);
    return this.#messages(lines, raised);
  }

  close(): void {
    this.#stop();
    this.#beat.close();
    clearTimeout(this.#timer);
  }

  #gather({ position, lines, alerts }: Applied): void {
    for (const line of lines) this.#changed.set(line.line, line);
    for (const row of alerts) {
      // An alert is told once, when it is raised; that it closed shows in its country.
      const isNew = (row.closedAt === null && row.acknowledgedBy === null) || row.position > this.#keptAfter;
      if (isNew && !this.#known.has(row.id)) this.#keep({ row, position });
    }
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#tell(), Math.max(0, this.#toldAtMs + tickMs - Date.now()));
  }

  #keep(alert: RaisedAlert): void {
    this.#known.add(alert.row.id);
    this.#untold.push(alert);
    this.#raised.push(alert);
    if (this.#raised.length <= alertsMax) return;
    const oldest = this.#raised.shift();
    if (oldest === undefined) return;
    this.#keptAfter = oldest.position;
    this.#known.delete(oldest.row.id);
  }

  #tell(): void {
    this.#timer = undefined;
    this.#toldAtMs = Date.now();
    const messages = this.#messages([...this.#changed.values()], this.#untold);
    this.#changed.clear();
    this.#untold = [];
    this.#position = this.views.position;
    this.#tellAll(messages);
  }

  #tellAll(messages: readonly Message[]): void {
    for (const listener of this.#listeners) listener(messages);
  }

  #messages(lines: readonly LineView[], alerts: readonly RaisedAlert[]): readonly Message[] {
    const messages: Message[] = alerts.map(({ row, position }) => ({
      type: 'alert',
      country: countryOfLine(row.line) ?? null,
      position,
      text: eventText('alert', position, alertBody(row)),
    }));
    for (const line of lines) {
      const country = countryOfLine(line.line);
      if (country === undefined) continue;
      const view = { ...this.book.ofLine(country, line), position: String(line.position) };
      messages.push({
        type: 'country',
        country,
        position: line.position,
        text: eventText('country', line.position, view),
      });
    }
    return messages.sort((a, b) => a.position - b.position);
  }

  async #raisedSince(after: Position, until: Position, hasLeft: () => boolean): Promise<readonly RaisedAlert[] | undefined> {
    const kept = this.#raised.filter(({ position }) => position > after && position <= until);
    if (after >= this.#keptAfter) return kept;
    if (this.#keptAfter - after > scanMax) return undefined;
    const older: RaisedAlert[] = [];
    const reading = { store: this.store, turns: this.turns, isOver: hasLeft };
    for await (const event of readLog(reading, { after, until: this.#keptAfter, stream: undefined })) {
      if (event.type !== 'AlertRaised') continue;
      const { alertId } = JSON.parse(event.json) as { readonly alertId: string };
      const row = await this.views.ask('alert', alertId);
      if (row !== undefined) older.push({ row, position: event.position });
    }
    return hasLeft() ? undefined : [...older, ...kept];
  }
}
