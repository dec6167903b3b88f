const formatCharacter = /\p{Cf}/u;
const formatCharacters = /\p{Cf}+/gu;

/** Most names: printable ASCII, with single spaces between words. */
const alreadyNormal = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/**
 * The normal form of a name of an exporter or a company: Unicode NFC, without format characters (category Cf), trimmed,
 * every run of blanks one space. Two spellings with the same normal form name the same exporter. Idempotent.
 */
export function normalName(name: string): string {
  if (alreadyNormal.test(name)) return name;
  return name.replace(formatCharacters, '').normalize('NFC').replace(/\s+/g, ' ').trim();
}

/**
 * The first format character (Unicode category Cf) of a text as `U+200B`; undefined if it has none. Such characters are
 * invisible or turn the direction of what follows, so that two different names may look alike.
 */
export function formatCharacterIn(text: string): string | undefined {
  const code = formatCharacter.exec(text)?.[0].codePointAt(0);
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
