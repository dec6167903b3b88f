import { Ledger, type Clock, type EventStore } from '#ledger';
import { PastStates, type LineThen, type LineView, type Moment, type Views } from '#projections';
import { allCountryCodes, CompiledRulebook, lineOfCountry } from '#rulebook';
import type { Body } from '#wire';
import { rulebookBody } from '../reservations/reservation-body.js';
import { countryView } from './country-view.js';

/** Countries at one moment, and what the answer reflects. */
export interface CountryPage {
  readonly countries: readonly Body<'CountryView'>[];
  readonly position: number;
  readonly recordedAt: string | null;
  readonly rulebook: CompiledRulebook;
  /** The line of each country, in the same order. */
  readonly lines: readonly (LineThen | undefined)[];
  /** The moment that is shown, in milliseconds since 1970. */
  readonly atMs: number;
}

/** The views of countries, now and in the past. */
export class CountryBook {
  readonly #past: PastStates;
  readonly #compiled = new Map<string, CompiledRulebook>();

  constructor(
    private readonly ledger: Ledger,
    private readonly views: Views,
    store: EventStore,
    private readonly clock: Clock,
  ) {
    this.#past = new PastStates(store, views);
  }

  now(codes: readonly string[] = allCountryCodes): CountryPage {
    const { rulebook } = this.ledger;
    const atMs = this.clock();
    const lines = codes.map((code) => this.views.lines.get(lineOfCountry(code)));
    return {
      countries: codes.map((code, index) => countryView(code, lines[index], rulebook, atMs)),
      lines,
      atMs,
      position: this.views.position,
      recordedAt: this.views.recordedAt,
      rulebook,
    };
  }

  /** Position of the views. */
  get position(): number {
    return this.views.position;
  }

  /** Everything that `now` shows all countries from: as long as these are the same, so is what it shows. */
  sourcesNow(): readonly unknown[] {
    const { rulebook } = this.ledger;
    const { position, recordedAt, lines } = this.views;
    // Without an event a country changes only on a date of the rulebook.
    return [rulebook, rulebook.nextGroupChange(this.clock()), position, recordedAt, ...allLines.map((line) => lines.get(line))];
  }

  /** The view of one line that has just changed. */
  ofLine(country: string, line: LineView): Body<'CountryView'> {
    return countryView(country, line, this.ledger.rulebook, this.clock());
  }

  /** @param turn waited for before so many countries of the past are looked up as may be at once */
  async at(moment: Moment, codes: readonly string[] = allCountryCodes, turn?: () => Promise<void>): Promise<CountryPage> {
    const { recorded, atMs } = await this.#timeOf(moment);
    const rulebook = this.#rulebookAt(moment);
    const lines: (LineThen | undefined)[] = [];
    for (let from = 0; from < codes.length; from += atOnce) {
      await turn?.();
      lines.push(...(await Promise.all(codes.slice(from, from + atOnce).map((code) => this.#then(lineOfCountry(code), moment)))));
    }
    return {
      countries: codes.map((code, index) => countryView(code, lines[index], rulebook, atMs)),
      lines,
      atMs,
      position: moment.at === 'position' ? moment.position : Math.max(0, ...lines.map((line) => line?.position ?? 0)),
      recordedAt: recorded ?? newest(lines),
      rulebook,
    };
  }

  /** A line of any kind at a moment, with the rulebook that was in force. */
  async lineAt(line: string, moment: Moment): Promise<{ readonly then: LineThen | undefined; readonly rulebook: CompiledRulebook; readonly atMs: number }> {
    const { atMs } = await this.#timeOf(moment);
    return { then: await this.#then(line, moment), rulebook: this.#rulebookAt(moment), atMs };
  }

  /** When the event at a position was recorded, and the time that a moment means. */
  async #timeOf(moment: Moment): Promise<{ readonly recorded: string | null; readonly atMs: number }> {
    const recorded = moment.at === 'position' ? await this.#past.recordedAt(moment.position) : null;
    return { recorded, atMs: moment.at === 'time' ? moment.ms : recorded === null ? this.clock() : Date.parse(recorded) };
  }

  #then(line: string, moment: Moment): Promise<LineThen | undefined> {
    const now = this.views.lines.get(line);
    return now === undefined ? Promise.resolve(now) : this.#past.line(now, moment);
  }

  /** The rulebook in force then; before the first adoption, the first one. */
  #rulebookAt(moment: Moment): CompiledRulebook {
    const adopted = this.#past.rulebook(moment);
    if (adopted === undefined || adopted.event.hash === this.ledger.rulebook.hash) return this.ledger.rulebook;
    const known = this.#compiled.get(adopted.event.hash) ?? new CompiledRulebook(adopted.event.document);
    this.#compiled.set(adopted.event.hash, known);
    return known;
  }
}

/** A country takes a search over its line: about 20 reads of the log. */
const atOnce = 25;
const allLines: readonly string[] = allCountryCodes.map(lineOfCountry);

function newest(lines: readonly (LineThen | undefined)[]): string | null {
  let last: string | null = null;
  for (const line of lines) if (line !== undefined && (last === null || line.recordedAt > last)) last = line.recordedAt;
  return last;
}

/** What an answer about countries reflects. */
export function reflected({ position, recordedAt, rulebook }: CountryPage): Omit<Body<'CountryList'>, 'countries'> {
  return { position: String(position), recordedAt, rulebook: rulebookBody(rulebook.reference) };
}
