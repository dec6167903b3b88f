import { Inject, Injectable } from '@nestjs/common';
import { Ledger } from '#ledger';
import type { Views } from '#projections';
import { countries, lineOfCountry, partsOfLine } from '#rulebook';
import { CountryBook } from '../countries/country-book.js';
import type { CountryView } from '../countries/country-view.js';
import { VIEWS } from '../tokens.js';
import { companyLineView, type CompanyLineView } from './line-view.js';
import type { LineQuery } from './line.query.js';

export type AnyLineView = CountryView | CompanyLineView;

/** The views of all quota lines: those of every country, and those of companies that have history. */
@Injectable()
export class LineBook {
  #names: readonly string[] = [];
  #namesOf = -1;

  constructor(
    private readonly countryBook: CountryBook,
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  /** The line now; undefined where nothing was ever recorded on a company's line. */
  one(line: string): AnyLineView | undefined {
    const country = partsOfLine(line)?.country;
    if (country && line === lineOfCountry(country)) return this.countryBook.now([country]).countries[0];
    const view = this.views.lines.get(line);
    return view && companyLineView(line, view, this.ledger.rulebook.document.alerts);
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
