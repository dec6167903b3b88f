/** What of a name tells companies apart: its words without legal forms. */
export interface NameCore {
  readonly words: readonly string[];
  /** The words without anything between them. */
  readonly joined: string;
  /** The words in alphabetical order. */
  readonly sorted: string;
  /** The digits alone: names that differ in a number are no misspellings of each other. */
  readonly digits: string;
}

/** Legal forms and words that say no more than one. Written together: `s.a.` is `sa`. */
const shortForms = new Set(
  (
    'inc ltd llc llp lp plc corp co the gmbh mbh ag kg kgaa se sa sas sarl srl spa bv nv oy oyj ab asa aps kk bhd sdn ' +
    'pte pty pvt pt tbk jsc pjsc ojsc psc fze fzco fzllc dmcc wll saoc saog'
  ).split(' '),
);
/** Long enough to be recognised with a letter too many, too few or wrong. */
const longForms = ['incorporated', 'limited', 'corporation', 'company', 'holding', 'holdings', 'group'];

/** The core of the name that a slug stands for. A name of nothing but legal forms keeps them all. */
export function nameCore(slug: string): NameCore {
  const all = lettersTogether(slug.split('-'));
  const telling = all.filter((word) => !isLegalForm(word));
  const words = telling.length === 0 ? all : telling;
  const joined = words.join('');
  const sorted = words.length < 2 ? joined : [...words].sort().join('-');
  return { words, joined, sorted, digits: /\p{N}/u.test(joined) ? joined.replace(/\P{N}+/gu, '') : '' };
}

function isLegalForm(word: string): boolean {
  return shortForms.has(word) || (word.length >= 4 && longForms.some((form) => isAlmost(word, form)));
}

/** At most one letter put in, left out or exchanged. */
function isAlmost(word: string, form: string): boolean {
  if (Math.abs(word.length - form.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === form[start]) start += 1;
  let end = 0;
  const shorter = Math.min(word.length, form.length);
  while (end < shorter - start && word[word.length - 1 - end] === form[form.length - 1 - end]) end += 1;
  return Math.max(word.length, form.length) - start - end <= 1;
}

/** `s`, `a` becomes `sa`: a slug has a dash for every dot. */
function lettersTogether(words: readonly string[]): readonly string[] {
  if (!words.some((word) => word.length === 1)) return words;
  const together: string[] = [];
  let letters = '';
  for (const word of words) {
    if (/^\p{L}$/u.test(word)) letters += word;
    else {
      if (letters !== '') together.push(letters);
      letters = '';
      together.push(word);
    }
  }
  if (letters !== '') together.push(letters);
  return together;
}
