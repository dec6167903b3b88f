import { Inject, Injectable } from '@nestjs/common';
import { Ledger, type Clock } from '#ledger';
import type { Views } from '#projections';
import { countries, lineOfCountry, noTpp, partsOfLine, uveuLimitOf } from '#rulebook';
import type { Body } from '#wire';
import { CountryBook } from '../countries/country-book.js';
import { CLOCK, VIEWS } from '../tokens.js';
import { companyLineView, type KnownLineView } from './line-view.js';
import type { LineQuery } from './line.query.js';

export type AnyLineView = Body<'CountryView'> | Body<'CompanyLineView'>;

/** The views of all quota lines: those of every country, and those of companies that have history. */
@Injectable()
export class LineBook {
  #names: readonly string[] = [];
  #namesOf = -1;

  constructor(
    private readonly countryBook: CountryBook,
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The line now; undefined for that of a company that is not registered and on which nothing was recorded. */
  one(line: string): AnyLineView | undefined {
    const country = partsOfLine(line)?.country;
    if (country && line === lineOfCountry(country)) return this.countryBook.now([country]).countries[0];
    const view = this.views.lines.get(line) ?? this.#untouched(line);
    return view && companyLineView(line, view, this.ledger.rulebook.document.alerts);
  }

  /** What a registered company may have on a line on which nothing was recorded; undefined for everything else. */
  #untouched(line: string): KnownLineView | undefined {
    const { rulebook, companies } = this.ledger;
    const { kind, holder = null, year = null } = partsOfLine(line) ?? {};
    const company = holder === null ? null : companies.registered(holder);
    if (kind === undefined || kind === 'country' || company?.id !== holder || rulebook.route(kind) === undefined) return undefined;
    const { startMs, endMs } = rulebook.period;
    if (year !== null && (Date.UTC(year + 1, 0) <= startMs || Date.UTC(year, 0) >= endMs)) return undefined;
    const nothing = { exported: noTpp, reserved: noTpp };
    const declared = kind === 'uveu' ? (company?.declaredMilliTpp ?? null) : null;
    const limit = declared === null ? undefined : uveuLimitOf(rulebook, declared, 'outside-partners');
    return {
      revision: -1,
      recordedAt: null,
      balance: { allocation: rulebook.capOfLine(line, this.clock()), ...nothing },
      ...(limit !== undefined && { shares: { 'outside-partners': { limitMilliTpp: limit, ...nothing } } }),
      counts: { exports: 0, openReservations: 0, refusals: 0 },
      suspended: false,
      criticalSince: null,
      exhaustedSince: null,
    };
  }

  /** Lines by name, after `after`; at most `limit`, and whether there are others. */
  page(
    query: Pick<LineQuery, 'kind' | 'holder' | 'status'>,
    after: string,
    limit: number,
  ): { readonly items: readonly AnyLineView[]; readonly more: boolean } {
    const items: AnyLineView[] = [];
    for (const line of this.#sorted()) {
      if (line <= after || !isAsked(line, query)) continue;
      const view = this.one(line);
      if (view === undefined || (query.status ?? view.status) !== view.status) continue;
      if (items.length === limit) return { items, more: true };
      items.push(view);
    }
    return { items, more: false };
  }

  /** Lines come and never go: sorted again when there are others. */
  #sorted(): readonly string[] {
    if (this.#namesOf === this.views.lines.size) return this.#names;
    this.#namesOf = this.views.lines.size;
    this.#names = [...new Set([...countryLines, ...this.views.lines.keys()])].sort();
    return this.#names;
  }
}

const countryLines: readonly string[] = countries.map(({ code }) => lineOfCountry(code));

function isAsked(line: string, { kind, holder }: Pick<LineQuery, 'kind' | 'holder'>): boolean {
  if (kind !== undefined && !line.startsWith(`${kind}:`)) return false;
  return holder === undefined || partsOfLine(line)?.holder === holder;
}
