import type { Statement } from 'better-sqlite3';
import type { Position, RulebookAdopted } from '#ledger';
import type { AlertThresholds } from '#rulebook';
import type { Folds, View, ViewParts } from '../view.js';
import { DutyBook } from './duty-book.js';

export type { DutyBook } from './duty-book.js';

export interface AdoptedRulebook {
  readonly event: RulebookAdopted;
  readonly position: Position;
}

export interface RulebookNews {
  readonly rulebooks: readonly AdoptedRulebook[];
}

/** Adopted rulebooks in order; the last one is in force. */
class Rulebooks implements View {
  /** Of the rulebook in force at this place of the log; undefined without one. */
  thresholds: AlertThresholds | undefined;
  /** End of its quota period, exclusive, in milliseconds since 1970; undefined without a rulebook. */
  periodEndMs: number | undefined;
  readonly book = new DutyBook();
  readonly #adopted: AdoptedRulebook[];
  readonly #save: Statement<[number, string]>;
  #new: AdoptedRulebook[] = [];

  constructor({ database }: ViewParts) {
    this.#save = database.prepare('INSERT INTO rulebooks (position, event) VALUES (?, ?)');
    const rows = database.prepare('SELECT position, event FROM rulebooks ORDER BY position').all();
    this.#adopted = (rows as { position: number; event: string }[]).map(({ position, event }) => ({
      event: JSON.parse(event) as RulebookAdopted,
      position,
    }));
    for (const { event } of this.#adopted) this.book.adopt(event.hash, event.document);
    this.#standAt(this.#adopted.at(-1));
  }

  readonly folds: Folds = {
    RulebookAdopted: (event, { position }) => {
      this.#save.run(position, JSON.stringify(event));
      this.#new.push({ event, position });
      this.book.adopt(event.hash, event.document);
      this.#standAt({ event, position });
    },
  };

  adopt(): RulebookNews {
    const rulebooks = this.#new;
    this.#adopted.push(...rulebooks);
    this.#new = [];
    return { rulebooks };
  }

  forget(): void {
    this.#new = [];
    this.#standAt(this.#adopted.at(-1));
  }

  whole(): RulebookNews {
    return { rulebooks: this.#adopted };
  }

  #standAt(adopted: AdoptedRulebook | undefined): void {
    this.thresholds = adopted?.event.document.alerts;
    this.periodEndMs = adopted && Date.parse(adopted.event.document.period.end);
  }
}

export const rulebooks = {
  name: 'rulebooks',
  version: 1,
  tables: 'CREATE TABLE rulebooks (position INTEGER PRIMARY KEY, event TEXT NOT NULL);',
  contents: ['SELECT position, event FROM rulebooks ORDER BY position'],
  open: (parts: ViewParts) => new Rulebooks(parts),
  mirror: () => {
    const seen: { readonly rulebooks: AdoptedRulebook[] } = { rulebooks: [] };
    return {
      /** In order; the last one is in force. */
      seen: seen as RulebookNews,
      clear: () => void seen.rulebooks.splice(0),
      take: (news: RulebookNews) => void seen.rulebooks.push(...news.rulebooks),
    };
  },
};
