import type { ServerResponse } from 'node:http';
import type { Ledger } from '#ledger';
import { Problem } from '../http/problem.js';
import { decideBulk } from './bulk.js';
import { BulkLines } from './bulk-lines.js';
import type { OutcomeAnswers } from './outcome.js';

function problemOf(read: () => unknown): Problem | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

describe('the lines of a bulk body', () => {
  it('are read one at a time', () => {
    const lines = new BulkLines(Buffer.from('{"a":1}\n\n \r\n"\u00e9"\r\n\n \t\n'));
    expect(Array.from({ length: lines.length }, (_, index) => lines.at(index))).toEqual(['{"a":1}', '', ' \r', '"\u00e9"']);
  });

  it('are 10,000 at most, blank ones at the end left out', () => {
    const full = '{}\n'.repeat(9_999);
    expect(new BulkLines(Buffer.from(`${full}{}${'\n'.repeat(8_000_000)}`)).length).toBe(10_000);
    expect(problemOf(() => new BulkLines(Buffer.from(`${full}{}\n{}`)))?.code).toBe('body-too-large');
    expect(problemOf(() => new BulkLines(Buffer.from('\n \r\n')))?.code).toBe('invalid-request');
  });

  it('are refused one by one, for their length in bytes and for what is no UTF-8', () => {
    const lines = new BulkLines(Buffer.concat([Buffer.from(`"${'\u00e9'.repeat(40_000)}"\n`), Buffer.from([0x22, 0xff, 0x22, 0x0a]), Buffer.from('{}')]));
    expect(problemOf(() => lines.at(0))?.code).toBe('body-too-large');
    expect(problemOf(() => lines.at(1))?.code).toBe('malformed-json');
    expect(lines.at(2)).toBe('{}');
  });
});

describe('deciding a bulk body', () => {
  const noLedger = {} as Ledger;
  const answers = { count: () => undefined } as unknown as OutcomeAnswers;

  /** What was written in each turn of the event loop, where a look at the clock costs a millisecond. */
  async function turnsOf(lines: number): Promise<{ readonly answered: number; readonly turns: number; readonly mostInOne: number }> {
    const written: number[] = [];
    let turns = 0;
    let now = 0;
    const response = { destroyed: false, write: (text: Buffer) => written.push(text.toString().split('\n').length - 1), end: () => undefined };
    const body = Buffer.from(Array.from({ length: lines }, () => `{"items":[${'{},'.repeat(1_000)}{}]}`).join('\n'));
    let isOver = false;
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await decideBulk(new BulkLines(body), { principal: 'acme' }, noLedger, answers, response as unknown as ServerResponse, () => (now += 1));
    isOver = true;
    return { answered: written.reduce((sum, count) => sum + count, 0), turns, mostInOne: Math.max(...written) };
  }

  it('lets others in after five milliseconds, however few lines these were', async () => {
    const { answered, turns, mostInOne } = await turnsOf(130);
    expect(answered).toBe(130);
    expect(mostInOne).toBeLessThanOrEqual(5);
    expect(turns).toBeGreaterThanOrEqual(130 / 5);
  });
});
