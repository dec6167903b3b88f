/** What is wrong with a member of a document. `member` is a JSON pointer (RFC 6901), empty for the whole document. */
export interface RulebookProblem {
  readonly member: string;
  readonly message: string;
}

/** Collects problems, at most 1,000: a reader of more learns nothing. */
export class Problems {
  readonly #found: RulebookProblem[] = [];

  get found(): readonly RulebookProblem[] {
    return this.#found;
  }

  add(member: string, message: string): void {
    if (this.#found.length < 1000) this.#found.push({ member, message });
  }
}

/** The JSON pointer of a member of the value at `pointer`. */
export function memberOf(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
