import { ViewsFile } from '../file/views-file.js';
import { registry } from './registry.js';
import type { ViewKind } from './view.js';

const kinds: readonly ViewKind[] = registry;

describe('the registry of views', () => {
  const file = new ViewsFile({ path: ':memory:', readEvent: () => undefined });

  it('names each view once, for its version is written down with its name', () => {
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  });

  it('has one view that answers each question, and one that tells each piece of news', () => {
    const open = kinds.map((kind) => file.of(kind));
    for (const members of [open.map(({ questions }) => questions ?? {}), open.map((view) => view.whole?.() ?? {})]) {
      const names = members.flatMap(Object.keys);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  it.each(kinds.map((kind) => [kind.name, kind] as const))('hashes every table of %s', (_name, { tables = '', contents = [] }) => {
    for (const [, table] of tables.matchAll(/CREATE TABLE (\w+)/g)) expect(contents.join(' ')).toMatch(new RegExp(`\\b${table}\\b`));
  });

  it('opens a view only before those that build on it', () => {
    const late: ViewKind = { name: 'late', version: 1, open: () => ({}) };
    expect(() => file.of(late)).toThrow('The view late is not in the registry');
  });
});
