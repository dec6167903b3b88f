/** The text below a heading of a page, up to the next heading of its level or above. */
export function chapterOf(page: string, heading: string): string {
  const lines = page.split('\n');
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (from < 0) throw new Error(`There is no heading ${heading}.`);
  const level = lines[from]?.indexOf(' ') ?? 0;
  const to = lines.findIndex((line, at) => at > from && new RegExp(`^#{1,${level}} `).test(line));
  return lines.slice(from + 1, to < 0 ? undefined : to).join('\n');
}

/** The code words in the first column of a chapter's tables. */
export function firstColumn(chapter: string): readonly string[] {
  return [...chapter.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word));
}
