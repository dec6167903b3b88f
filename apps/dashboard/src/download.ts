/** A cell of CSV. A text that a spreadsheet would take for a formula is defused with an apostrophe before it. */
export function csvCell(value: string | number | null, separator = ','): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /["\n\r]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of cells; with a tab for what is pasted into a table. */
export function csvText(head: readonly string[], rows: readonly (readonly (string | number | null)[])[], separator = ','): string {
  return [head, ...rows].map((row) => `${row.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`).join('');
}

/** Has the browser save a text as a file. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
