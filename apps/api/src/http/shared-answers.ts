/** Answers that many callers ask for alike, rendered once for as long as what they are made of stays the same. */
export class SharedAnswers {
  #madeOf: readonly unknown[] = [];
  readonly #bodies = new Map<string, Buffer>();

  /**
   * The JSON body of an answer. It is shared: do not write to it.
   * @param question what is asked for, of few possible: the answers to all of them are kept
   * @param madeOf everything that the answers to all questions are made of, compared by identity
   */
  body(question: string, madeOf: readonly unknown[], render: () => object): Buffer {
    const known = this.known(question, madeOf);
    if (known !== undefined) return known;
    const body = Buffer.from(JSON.stringify(render()));
    this.#bodies.set(question, body);
    return body;
  }

  /** The body of an answer that was rendered from the same; undefined if there is none. Answers made of anything else are forgotten. */
  known(question: string, madeOf: readonly unknown[]): Buffer | undefined {
    if (!areSame(madeOf, this.#madeOf)) {
      this.#bodies.clear();
      this.#madeOf = madeOf;
    }
    return this.#bodies.get(question);
  }
}

function areSame(these: readonly unknown[], those: readonly unknown[]): boolean {
  return these.length === those.length && these.every((each, index) => Object.is(each, those[index]));
}
