import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventStore, Ledger } from '#ledger';
import type { LineView, Views } from '#projections';
import { builtInRulebook, loadRulebook } from '#rulebook';
import type { ReadGate } from '../http/read-gate.js';
import { ReadingTurns } from '../http/reading-turns.js';
import type { LineRecords } from '../lines/line-records.js';
import type { ForecastAnswers } from '../forecasts/forecast-answers.js';
import { CountryBook } from './country-book.js';
import type { CountryOutlooks } from './country-outlooks.js';
import { CountryController } from './country.controller.js';

const joinsAtMs = Date.parse('2026-07-01T00:00:00Z');
const { document } = builtInRulebook();
const rulebook = loadRulebook({
  ...document,
  groups: [...document.groups.filter(({ country }) => country !== 'PL'), { country: 'PL', group: 'partner', citation: 'test', from: '2026-07-01T00:00:00Z' }],
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the list of all countries', () => {
  let nowMs: number;
  let lines: Map<string, LineView>;
  let position: number;
  let looks: number;
  let answers: { readonly body: string; readonly headers: readonly string[] }[];
  let controller: CountryController;
  beforeEach(() => {
    nowMs = joinsAtMs - 1000;
    lines = new Map();
    position = 7;
    looks = 0;
    answers = [];
    const views = { lines, recordedAt: null, get position() { return position; } } as unknown as Views;
    const book = new CountryBook({ rulebook } as Ledger, views, {} as EventStore, () => ((looks += 1), nowMs));
    const gate = { open: () => Promise.resolve(position) };
    const records = {} as LineRecords;
    controller = new CountryController(book, records, () => nowMs, gate as unknown as ReadGate, new ReadingTurns(), {} as CountryOutlooks, {} as ForecastAnswers);
    Object.assign(controller, { readGate: gate });
  });

  const ask = (query: object = {}): Promise<void> => {
    const headers: string[] = [];
    const raw = {
      writeHead: (_: number, all: readonly string[]) => headers.push(...all),
      write: (part: Buffer) => (parts.push(part), true),
      end: (part?: Buffer) => answers.push({ body: Buffer.concat(part ? [...parts, part] : parts).toString(), headers }),
    };
    const parts: Buffer[] = [];
    const list = controller.list as unknown as (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
    return list.call(controller, { query, headers: {} } as FastifyRequest, { hijack: () => undefined, raw } as unknown as FastifyReply);
  };
  const groupNow = async (): Promise<string | undefined> => {
    await ask();
    await turn();
    const { countries } = JSON.parse(answers.at(-1)?.body ?? '') as { readonly countries: readonly { readonly country: string; readonly group: string }[] };
    return countries.find(({ country }) => country === 'PL')?.group;
  };

  it('is answered once in each turn, however many ask at once', async () => {
    const all = Array.from({ length: 5 }, () => ask());
    for (let turns = 0; answers.length < 5; turns += 1) {
      const before = answers.length;
      await turn();
      expect(answers.length - before).toBeLessThanOrEqual(1);
      expect(turns).toBeLessThan(20);
    }
    await Promise.all(all);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.headers).toEqual(expect.arrayContaining(['Ledger-Position', '7', 'Content-Length', String(Buffer.byteLength(answers[0]?.body ?? ''))]));
  });

  it('shows a country in another group from the date of the rulebook on, without an event', async () => {
    expect(await groupNow()).toBe('allocation');
    nowMs = joinsAtMs - 1;
    expect(await groupNow()).toBe('allocation');
    nowMs = joinsAtMs;
    expect(await groupNow()).toBe('partner');
    nowMs = joinsAtMs - 1;
    expect(await groupNow()).toBe('allocation');
  });

  it('shows each event, and what was rebuilt at the same position', async () => {
    const view = (reserved: number): LineView => ({
      balance: { allocation: 1000, exported: 0, reserved }, counts: { openReservations: 1, exports: 0, refusals: 0 },
    }) as unknown as LineView;
    const reserved = async (): Promise<unknown> => {
      await ask({ group: 'allocation' });
      await turn();
      const body = JSON.parse(answers.at(-1)?.body ?? '') as { readonly position: string; readonly countries: readonly { readonly country: string; readonly reserved: number }[] };
      return [body.position, body.countries.find(({ country }) => country === 'AE')?.reserved];
    };
    expect(await reserved()).toEqual(['7', 0]);
    lines.set('country:AE', view(500));
    expect(await reserved()).toEqual(['7', 0.5]);
    position = 8;
    expect(await reserved()).toEqual(['8', 0.5]);
  });

  it('of the past waits for a turn before each 25 countries', async () => {
    let turns = 0;
    const views = { lines, rulebooks: [] } as unknown as Views;
    const book = new CountryBook({ rulebook } as Ledger, views, {} as EventStore, () => nowMs);
    const codes = Array.from({ length: 101 }, () => 'AE');
    await book.at({ at: 'time', ms: nowMs }, codes, () => Promise.resolve(void (turns += 1)));
    expect(turns).toBe(5);
  });

  it('costs a look at the clock when it is asked for again', async () => {
    await groupNow();
    const first = looks;
    await groupNow();
    expect([first, looks - first]).toEqual([2, 1]);
  });
});
