import { Inject, Injectable } from '@nestjs/common';
import { Ledger, type RulebookReference } from '#ledger';
import type { Views } from '#projections';
import { loadRulebook, type CompiledRulebook } from '#rulebook';
import { VIEWS } from '../tokens.js';

/** Every rulebook that ever decided something here, compiled once: an event names its own by the hash. */
@Injectable()
export class RulebookShelf {
  readonly #compiled = new Map<string, CompiledRulebook>();

  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
  ) {}

  /** @throws Error for a hash that no adoption in the log has: an event is decided under an adopted rulebook. */
  of({ hash }: RulebookReference): CompiledRulebook {
    const { rulebook } = this.ledger;
    const found = rulebook.hash === hash ? rulebook : this.#compiled.get(hash);
    if (found !== undefined) return found;
    const adopted = this.views.rulebooks.find(({ event }) => event.hash === hash);
    if (adopted === undefined) throw new Error(`No rulebook with the hash ${hash} was adopted.`);
    const compiled = loadRulebook(adopted.event.document);
    this.#compiled.set(hash, compiled);
    return compiled;
  }
}
