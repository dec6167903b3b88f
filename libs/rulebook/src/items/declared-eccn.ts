import type { ItemLevel } from '../determination.js';
import type { ItemLevels } from '../rulebook.js';

/** What a declared ECCN says: its level, that it stops above the paragraph that would decide, or that it is none. */
export type DeclaredLevel = ItemLevel | 'ambiguous' | 'malformed';

const eccnForm = /^[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,4}){0,8}$/;

/** Whether `text` has the form of an ECCN, such as `3A090.a`, `5A992.z.1` or `4A003`. */
export function isEccn(text: string): boolean {
  return eccnForm.test(text);
}

/** The levels of declared ECCNs, as 742.6(a)(6)(iii)(A) and (B) list them. */
export class DeclaredEccns {
  readonly #a: ReadonlySet<string>;
  readonly #b: ReadonlySet<string>;
  readonly #c: ReadonlySet<string>;
  readonly #software: ReadonlySet<string>;
  /** Every paragraph above a listed one: it does not say whether the listed one is meant. */
  readonly #above: ReadonlySet<string>;

  constructor({ a, b, c = [], softwareA = [], softwareB = [] }: ItemLevels['declared']) {
    this.#a = new Set([...a, ...softwareA]);
    this.#b = new Set([...b, ...softwareB]);
    this.#c = new Set(c);
    this.#software = new Set([...softwareA, ...softwareB]);
    this.#above = new Set([...this.#a, ...this.#b].flatMap((eccn) => paragraphsOf(eccn).slice(1)));
  }

  /** Whether it is listed as software, which has no TPP. */
  isSoftware(declared: string): boolean {
    return isEccn(declared) && paragraphsOf(declared).some((paragraph) => this.#software.has(paragraph));
  }

  /** `EAR99`, `none` and every ECCN that is not listed are uncontrolled here. */
  levelOf(declared: string): DeclaredLevel {
    if (declared === 'EAR99' || declared === 'none') return 'uncontrolled';
    if (!isEccn(declared)) return 'malformed';
    for (const paragraph of paragraphsOf(declared)) {
      if (this.#a.has(paragraph)) return 'a';
      if (this.#b.has(paragraph)) return 'b';
      if (this.#c.has(paragraph)) return 'c';
    }
    return this.#above.has(declared) ? 'ambiguous' : 'uncontrolled';
  }
}

/** The paragraph and all above it: 3A090.a.1, 3A090.a, 3A090. */
function paragraphsOf(eccn: string): readonly string[] {
  const parts = eccn.split('.');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
}
