/** A column of a table for people: numbers line up on the right. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Lines of equal columns, two spaces apart, without trailing spaces. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const text = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return align === 'right' ? text.padStart(width) : text.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n');
}

/** An amount of TPP with thin grouping; `-` where there is none. */
export function tppText(tpp: number | null): string {
  return tpp === null ? '-' : tpp.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** A share as a percentage with one decimal; `-` where there is none. */
export function percentText(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`;
}
