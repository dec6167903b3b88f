/** A section of an HAProxy configuration: its head and its lines, without comments. */
export interface ProxySection {
  /** `global`, `defaults`, `resolvers`, `frontend` or `backend`. */
  readonly kind: string;
  readonly name: string;
  readonly lines: readonly string[];
}

export function sectionsOf(text: string): readonly ProxySection[] {
  const sections: { kind: string; name: string; lines: string[] }[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '' && !/^\s*#/.test(each))) {
    if (/^\s/.test(line)) {
      sections.at(-1)?.lines.push(line.trim());
      continue;
    }
    const [kind = '', name = ''] = line.trim().split(/\s+/);
    sections.push({ kind, name, lines: [] });
  }
  return sections;
}

/** What follows a directive, of each line that begins with it. */
export function valuesOf({ lines }: ProxySection, directive: string): readonly string[] {
  return lines.filter((line) => line.startsWith(`${directive} `)).map((line) => line.slice(directive.length + 1).trim());
}

/** `5s`, `2m`, `24h` as seconds. */
export function secondsOf(text: string): number {
  const [, number, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return Number(number) * ({ s: 1, m: 60, h: 3600, d: 86_400 }[unit] ?? NaN);
}
