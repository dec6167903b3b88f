/** What is wrong with a member of a document. `member` is a JSON pointer (RFC 6901), empty for the whole document. */
export interface RulebookProblem {
  readonly member: string;
  readonly message: string;
}

const foundMax = 1000;

/** Collects problems, at most 1,000: a reader of more learns nothing. */
export class Problems {
  readonly #found: RulebookProblem[] = [];

  /** Whether further problems would not be told: then there is no point in looking for them. */
  get areFull(): boolean {
    return this.#found.length >= foundMax;
  }

  get found(): readonly RulebookProblem[] {
    return this.#found;
  }

  add(member: string, message: string): void {
    if (!this.areFull) this.#found.push({ member, message });
  }
}

/** The JSON pointer of a member of the value at `pointer`. */
export function memberOf(pointer: string, name: string | number): string {
  if (typeof name === 'number') return `${pointer}/${name}`;
  return `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
