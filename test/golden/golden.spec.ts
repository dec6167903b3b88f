import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeEvent, encodeEvent } from '#ledger';
import { readableEvents } from '../../libs/ledger/src/events/codec.js';
import { goldenEvents } from './golden-events.js';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../test/golden');
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.endsWith('.today.json'));
const shapeOf = (file: string): string => /^[A-Za-z]+@[0-9]+/.exec(file)?.[0] ?? file;

describe('the golden files', () => {
  it('are one at least for every type and version that is read, and none besides', () => {
    expect([...new Set(files.map(shapeOf))].sort()).toEqual([...readableEvents].sort());
  });

  it.each(files)('%s says what it is', (file) => {
    const { type, v } = JSON.parse(read(file)) as { type: string; v: number };
    expect(`${type}@${v}`).toBe(shapeOf(file));
  });

  it.each(files)('%s is read, and written again in the same bytes or as what it is today', (file) => {
    const bytes = read(file);
    const event = decodeEvent(bytes);
    const isOld = `${event.type}@${event.v}` !== shapeOf(file);
    if (isOld) expect(event).toEqual(JSON.parse(read(file.replace(/\.json$/, '.today.json'))));
    else expect(encodeEvent(event)).toBe(bytes);
  });

  it('have the members that are written today, no more and no fewer', async () => {
    for (const [name, json] of await goldenEvents()) {
      expect([name, membersOf(JSON.parse(read(`${name}.json`)))]).toEqual([name, membersOf(JSON.parse(json))]);
    }
  });
});

/** The paths of all members of a value, those of the items of a list as one. A rulebook has a shape of its own. */
function membersOf(value: unknown, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || at === '.document') return [];
  const paths = Object.entries(value).flatMap(([name, member]) => {
    const here = Array.isArray(value) ? `${at}[]` : `${at}.${name}`;
    return [here, ...membersOf(member, here)];
  });
  return [...new Set(paths)].sort();
}
