import type { StoredEvent } from '#ledger';
import { cloudEvent } from '#wire';
import { linesStream } from './lines-source.js';
import { sealedEvents } from '../testing/sample-source.js';

const events = sealedEvents(['quota-country:AE', 'rulebook', 'quota-country:AE', 'weights:acme']);
const lines = events.map(cloudEvent);

async function* chunksOf(text: string, length: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function read(text: string, length = 7): Promise<{ events: readonly StoredEvent[]; error: string }> {
  const found: StoredEvent[] = [];
  try {
    for await (const batch of linesStream('log.ndjson', chunksOf(text, length)).read()) found.push(...batch);
  } catch (error) {
    return { events: found, error: `${(error as Error).name}: ${(error as Error).message}` };
  }
  return { events: found, error: '' };
}

const line = (change: Readonly<Record<string, unknown>>): string => JSON.stringify({ ...(JSON.parse(lines[1] as string) as object), ...change });

describe('a file of events', () => {
  it.each<[string, string, readonly number[]]>([
    ['as it is exported', `${lines.join('\n')}\n`, [1, 2, 3, 4]],
    ['without an end of its last line', lines.join('\n'), [1, 2, 3, 4]],
    ['of Windows, with a byte order mark', `\ufeff${lines.join('\r\n')}\r\n`, [1, 2, 3, 4]],
    ['with empty lines, which count', `\n${lines.join('\n\n')}\n\n`, [2, 4, 6, 8]],
  ])('is read %s, with bytes as they are stored and the numbers of lines', async (_, text, numbers) => {
    const expected = events.map((event, index) => ({ ...event, position: numbers[index] }));
    for (const length of [1, 7, 100_000]) expect(await read(text, length)).toEqual({ events: expected, error: '' });
  });

  it('gives back stored bytes whatever became of white space and the order of members', async () => {
    const shuffled = lines.map((text) => {
      const { data, ...envelope } = JSON.parse(text) as { data: object };
      const reversed = Object.fromEntries(Object.entries(data).reverse());
      return JSON.stringify({ data: reversed, ...envelope }, null, 1).replaceAll('\n', ' ');
    });
    const { events: found, error } = await read(shuffled.join('\n'));
    expect([found.map(({ json }) => json), error]).toEqual([events.map(({ json }) => json), '']);
  });

  it.each<[string, string, string]>([
    ['no JSON', 'id,stream,revision', 'it is no JSON, or was cut off'],
    ['cut off', (lines[1] as string).slice(0, -20), 'it is no JSON, or was cut off'],
    ['a number', '17', 'it is no event'],
    ['null', 'null', 'it is no event'],
    ['a page of the API', '{"items":[],"nextCursor":null,"position":"0"}', 'it is no event: the members id, stream, revision and data are needed'],
    ['an id that is none', line({ id: 'x' }), 'its id "x" is no UUID'],
    ['an id in capitals', line({ id: events[1]?.id.toUpperCase() }), 'is no UUID'],
    ['a system stream', line({ stream: '$settings' }), 'its stream "$settings" is none of a ledger'],
    ['a stream without a name', line({ stream: '' }), 'its stream "" is none of a ledger'],
    ['an endless stream', line({ stream: 's'.repeat(1001) }), 'is none of a ledger'],
    ['half a revision', line({ revision: 0.5 }), 'its revision 0.5 is no whole number'],
    ['a revision below', line({ revision: -1 }), 'its revision -1 is no whole number'],
    ['no revision', line({ revision: undefined }), 'its revision undefined is no whole number'],
    ['no data', line({ data: null }), 'it is no event'],
    ['data without a type', line({ data: {} }), 'its data has no member type'],
    ['half a character', line({ data: { type: '\ud800' } }), 'lone surrogate'],
  ])('names the line that is %s, and gives what comes before it', async (_, bad, words) => {
    const { events: found, error } = await read(`${lines[0]}\n\n${bad}\n${lines[3]}\n`);
    expect(found.map(({ id }) => id)).toEqual([events[0]?.id]);
    expect(error).toMatch(/^UsageError: log\.ndjson, line 3: /);
    expect(error).toContain(words);
  });
});
