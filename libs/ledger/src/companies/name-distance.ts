import type { NameCore } from './name-core.js';

/** Below this many letters a name has too little to be recognised by. */
export const tellingMin = 4;
const longMin = 8;
/** Edits (letters put in, left out, exchanged) that a long name may differ by. */
export const editsMax = 2;

/**
 * How far a name is from one that may be meant by it: 0 the same but for legal forms and spaces, 1 the same words in
 * another order, 2 and 3 one and two letters off, 4 the beginning of the other. Undefined for names that are not
 * alike. Of short names (4 to 7 letters) one edit or one swap of neighbours is taken, of shorter ones none.
 */
export function nameDistance(a: NameCore, b: NameCore): number | undefined {
  if (a.joined === b.joined) return 0;
  if (a.words.length > 1 && a.sorted === b.sorted) return 1;
  const shorter = Math.min(a.joined.length, b.joined.length);
  if (shorter < tellingMin) return undefined;
  const edits = a.digits === b.digits ? misspellings(a.joined, b.joined) : undefined;
  if (edits !== undefined) return 1 + edits;
  return beginsWith(a, b) || beginsWith(b, a) ? 4 : undefined;
}

/** Whether one may be the other with a letter or two wrong. */
export function isMisspelt(a: string, b: string): boolean {
  return misspellings(a, b) !== undefined;
}

/** How many letters are wrong, undefined for too many. */
function misspellings(a: string, b: string): number | undefined {
  const edits = editDistance(a, b);
  if (edits <= (Math.min(a.length, b.length) < longMin ? 1 : editsMax)) return edits;
  return edits === 2 && isSwap(a, b) ? 1 : undefined;
}

/** Whether the words of `start` are the first words of `name`, however they are divided. */
function beginsWith(name: NameCore, start: NameCore): boolean {
  if (!name.joined.startsWith(start.joined)) return false;
  let end = 0;
  for (const word of name.words) {
    end += word.length;
    if (end >= start.joined.length) return end === start.joined.length;
  }
  return false;
}

let before = new Uint8Array(130);
let here = new Uint8Array(130);

/** Levenshtein's distance; more than `editsMax` is `editsMax` + 1. Looks at the diagonals near the middle only. */
function editDistance(a: string, b: string): number {
  const beyond = editsMax + 1;
  if (Math.abs(a.length - b.length) > editsMax) return beyond;
  for (let column = 0; column <= b.length; column += 1) before[column] = Math.min(column, beyond);
  for (let row = 1; row <= a.length; row += 1) {
    const first = Math.max(1, row - editsMax);
    const last = Math.min(b.length, row + editsMax);
    let left = first === 1 ? Math.min(row, beyond) : beyond;
    here[first - 1] = left;
    let least = left;
    for (let column = first; column <= last; column += 1) {
      const exchanged = (before[column - 1] ?? beyond) + (a.charCodeAt(row - 1) === b.charCodeAt(column - 1) ? 0 : 1);
      left = Math.min(exchanged, (before[column] ?? beyond) + 1, left + 1, beyond);
      here[column] = left;
      if (left < least) least = left;
    }
    if (least === beyond) return beyond;
    if (last < b.length) here[last + 1] = beyond;
    [before, here] = [here, before];
  }
  return before[b.length] ?? beyond;
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
