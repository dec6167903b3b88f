import type { ItemLevel } from '../determination.js';
import type { ItemLevels, TechnologyEccn } from '../document/rulebook.js';

/** What a declared ECCN says: its level, that it stops above the paragraph that would decide, or that it is none. */
export type DeclaredLevel = ItemLevel | 'ambiguous' | 'malformed';

const eccnForm = /^[0-9][A-E][0-9]{3}(?:\.[a-z0-9]{1,4}){0,8}$/;

/** As the regulation writes it: `3E001 (for 3A090.a)`. */
const technologyForm = /^(?<eccn>[0-9][DE][0-9]{3}) \(for (?<item>[^()]{1,60})\)$/;

/** Whether `text` has the form of an ECCN, such as `3A090.a`, `5A992.z.1` or `4A003`. */
export function isEccn(text: string): boolean {
  return eccnForm.test(text);
}

/** Whether a declared ECCN is that of `above` or below it: `5A002.z.1.a` of `5A002.z`, `3E001 (for 3A090.a)` of `3E001`. */
export function isBelow(declared: string, above: string): boolean {
  if (!declared.startsWith(above)) return false;
  const next = declared[above.length];
  return next === undefined || next === '.' || next === ' ';
}

/** The levels of declared ECCNs, as 742.6(a)(6)(iii)(A) and (B) list them. */
export class DeclaredEccns {
  readonly #a: ReadonlySet<string>;
  readonly #b: ReadonlySet<string>;
  readonly #c: ReadonlySet<string>;
  readonly #software: ReadonlySet<string>;
  /** Software and technology whose ECCN leaves open what it is for, with the items for which the levels reach it. */
  readonly #technology: ReadonlyMap<string, TechnologyEccn>;
  /** Every paragraph above a listed one: it does not say whether the listed one is meant. */
  readonly #above: ReadonlySet<string>;

  constructor({ a, b, c = [], softwareA = [], softwareB = [], technology = [] }: ItemLevels['declared']) {
    this.#a = new Set([...a, ...softwareA]);
    this.#b = new Set([...b, ...softwareB]);
    this.#c = new Set(c);
    this.#technology = new Map(technology.map((entry) => [entry.eccn, entry]));
    this.#software = new Set([...softwareA, ...softwareB]);
    this.#above = new Set([...this.#a, ...this.#b].flatMap((eccn) => paragraphsOf(eccn).slice(1)));
  }

  /** Whether it is listed as software or technology, which has no TPP. */
  isSoftware(declared: string): boolean {
    if (this.#technology.has(technologyForm.exec(declared)?.groups?.['eccn'] ?? '')) return true;
    return isEccn(declared) && paragraphsOf(declared).some((paragraph) => this.#software.has(paragraph));
  }

  /** Whether it is software or technology that must be declared with what it is for: `3E001 (for 3A090.a)`. */
  isTechnology(declared: string): boolean {
    return this.#technology.has(declared.slice(0, '3E001'.length));
  }

  /** How to declare it: `4D090 (for 4A090.a)`. */
  technologyExample(declared: string): string {
    const eccn = declared.slice(0, '3E001'.length);
    const items = this.#technology.get(eccn)?.of ?? [];
    const item = [...this.#a].find((each) => items.some((above) => isBelow(each, above)));
    return `${eccn} (for ${item ?? items[0] ?? '3A090.a'})`;
  }

  /** `EAR99`, `none` and every ECCN that is not listed are uncontrolled here. */
  levelOf(declared: string): DeclaredLevel {
    if (declared === 'EAR99' || declared === 'none') return 'uncontrolled';
    const technology = technologyForm.exec(declared)?.groups;
    if (technology !== undefined) return this.#levelOfTechnology(technology['eccn'], technology['item'] ?? '');
    if (!isEccn(declared)) return 'malformed';
    if (this.isTechnology(declared)) return 'ambiguous';
    for (const paragraph of paragraphsOf(declared)) {
      if (this.#a.has(paragraph)) return 'a';
      if (this.#b.has(paragraph)) return 'b';
      if (this.#c.has(paragraph)) return 'c';
    }
    return this.#above.has(declared) ? 'ambiguous' : 'uncontrolled';
  }

  /** That of the item it is for, if it is one that the technology is listed with. */
  #levelOfTechnology(eccn: string | undefined, item: string): DeclaredLevel {
    const entry = this.#technology.get(eccn ?? '');
    if (entry === undefined || !isEccn(item)) return 'malformed';
    const { of: items, always } = entry;
    if (items.some((each) => isBelow(item, each))) return this.levelOf(item);
    return always === true || items.some((each) => isBelow(each, item)) ? 'ambiguous' : 'uncontrolled';
  }
}

/** The paragraph and all above it: 3A090.a.1, 3A090.a, 3A090. */
function paragraphsOf(eccn: string): readonly string[] {
  const parts = eccn.split('.');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
}
