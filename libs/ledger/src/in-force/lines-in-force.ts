import type { CompiledRulebook } from '#rulebook';
import { LinesUnderRulebook, type LinesOptions } from './lines-under-rulebook.js';
import type { RulebookInForce } from '../streams/rulebook-at-start.js';

/** The lines as they are decided now. Another rulebook brings others, as a whole. */
export class LinesInForce {
  #inForce: RulebookInForce;
  #options: Omit<LinesOptions, 'inForce'> | undefined;
  #now: LinesUnderRulebook | undefined;

  constructor(inForce: RulebookInForce) {
    this.#inForce = inForce;
  }

  get inForce(): RulebookInForce {
    return this.#inForce;
  }

  get rulebook(): CompiledRulebook {
    return this.#inForce.rulebook;
  }

  get now(): LinesUnderRulebook {
    if (this.#now === undefined) throw new Error('The lines have not been opened.');
    return this.#now;
  }

  /** What decides on lines needs the lines, too: so they are opened last. */
  open(options: Omit<LinesOptions, 'inForce'>): void {
    this.#options = options;
    this.#now = new LinesUnderRulebook({ ...options, inForce: this.#inForce });
  }

  /** Takes up the holds that the index knows to be open. */
  begin(): void {
    this.now.begin();
  }

  /** Lines are decided under this rulebook from now on. */
  beginUnder(inForce: RulebookInForce): void {
    if (this.#options === undefined) throw new Error('The lines have not been opened.');
    this.#inForce = inForce;
    this.open(this.#options);
    this.begin();
  }
}
