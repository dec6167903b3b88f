import { nameCore, type NameCore } from './name-core.js';
import { editsMax, isMisspelt, nameDistance, tellingMin } from './name-distance.js';

/** A name that may be meant by another one. */
export interface NearName {
  readonly slug: string;
  /** As `nameDistance` counts. */
  readonly distance: number;
}

/** What is compared before anything else, for each name: its numbers lie beside each other in memory. */
interface Marks {
  /** Number of letters. */
  readonly length: number;
  /** One bit for each letter that occurs. An edit takes away at most one and brings at most one. */
  readonly letters: number;
  /** One bit for each pair of neighbours, hashed. An edit takes away at most two and brings at most two. */
  readonly pairs: number;
  /** The first letters, hashed: a name and its beginning share them. */
  readonly start: number;
  /** The words in alphabetical order, hashed. */
  readonly sorted: number;
  /** The digits, hashed: names with other numbers are no misspellings of each other. */
  readonly digits: number;
}

const markCount = 6;
const startRoom = 256;

/**
 * Names that are alike, among very many. A question passes over the marks of every name once and compares only the few
 * that can be alike: names of companies share so many words (`cloud`, `systems`) that an index of their pieces is
 * slower. Names are only added; who asks knows which of them still mean somebody.
 */
export class NearNames {
  readonly #slugs: string[] = [];
  readonly #joined: string[] = [];
  #marks = new Int32Array(startRoom * markCount);

  /** Files the name that a slug stands for. */
  add(slug: string): void {
    const core = nameCore(slug);
    const at = this.#slugs.length * markCount;
    if (at === this.#marks.length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.#marks);
      this.#marks = larger;
    }
    const { length, letters, pairs, start, sorted, digits } = marksOf(core);
    this.#marks.set([length, letters, pairs, start, sorted, digits], at);
    this.#slugs.push(slug);
    this.#joined.push(core.joined);
  }

  /** Names that may be meant by this one, the nearest first. */
  near(slug: string): readonly NearName[] {
    const core = nameCore(slug);
    if (core.joined === '') return [];
    const found: NearName[] = [];
    this.#each(core, (other) => {
      const distance = nameDistance(core, nameCore(other));
      if (distance !== undefined) found.push({ slug: other, distance });
    });
    return found.sort((a, b) => a.distance - b.distance);
  }

  /** Calls `look` with every name that can be alike. */
  #each(core: NameCore, look: (slug: string) => void): void {
    const { joined } = core;
    const { length, letters, pairs, start, sorted, digits } = marksOf(core);
    const marks = this.#marks;
    const end = this.#slugs.length * markCount;
    for (let at = 0, place = 0; at < end; at += markCount, place += 1) {
      const offLength = (marks[at] ?? 0) - length;
      const isNear =
        offLength <= editsMax &&
        offLength >= -editsMax &&
        marks[at + 5] === digits &&
        bitsOf((marks[at + 1] ?? 0) ^ letters) <= 2 * editsMax &&
        bitsOf((marks[at + 2] ?? 0) ^ pairs) <= 4 * editsMax;
      if (!isNear && marks[at + 3] !== start && marks[at + 4] !== sorted) continue;
      const other = this.#joined[place] ?? '';
      const isLike =
        marks[at + 4] === sorted || other.startsWith(joined) || joined.startsWith(other) || isMisspelt(joined, other);
      if (isLike) look(this.#slugs[place] ?? '');
    }
  }
}

function marksOf({ joined, sorted, digits }: NameCore): Marks {
  let letters = 0;
  let pairs = 0;
  let before = 0;
  for (let at = 0; at < joined.length; at += 1) {
    const letter = joined.charCodeAt(at);
    letters |= 1 << letter % 32;
    if (at > 0) pairs |= 1 << (Math.imul(before * 31 + letter, 0x9e3779b1) >>> 27);
    before = letter;
  }
  // A name shorter than that is the beginning of none.
  const start = hashOf(joined.slice(0, tellingMin));
  return { length: joined.length, letters, pairs, start, sorted: hashOf(sorted), digits: hashOf(digits) };
}

/** FNV-1a. Two texts can share one; whoever asks compares. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

function bitsOf(marks: number): number {
  let bits = marks - ((marks >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
