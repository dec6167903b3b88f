import { pino } from 'pino';
import { readConfig } from '../../apps/api/src/config.js';
import { startServer } from '../../apps/api/src/server.js';
import { LedgerUnderTest } from './ledger-under-test.js';

const june = Date.parse('2026-06-15T12:00:00Z');
const july = Date.parse('2026-07-15T12:00:00Z');

let ledger: LedgerUnderTest;
/** What a start with the clock of June says in its log. */
const said: string[] = [];

beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  ledger.now = july;
  expect((await ledger.reserve(1, { expiresAt: '2026-07-20T00:00:00Z' })).status).toBe(201);
  ledger.now = june;
  const fail = (error: unknown): never => {
    throw error;
  };
  await ledger.restart({}, async () => {
    const config = { ...readConfig({ PORT: '0', LEDGER_DATA_DIR: ledger.dataDir }), clock: () => june };
    const server = await startServer(config, pino({}, { write: (line) => void said.push(line) }), { onFatal: fail, onSuperseded: fail });
    await server.close();
  });
});
afterAll(() => ledger.stop());

describe('a log that was written while a clock was ahead', () => {
  it('is warned of at the start, with the line and how far', () => {
    const warnings = said.map((line) => JSON.parse(line) as { readonly level: number; readonly msg: string }).filter(({ level }) => level === 40);
    expect(warnings).toEqual([expect.objectContaining({ msg: expect.stringMatching(/^The log is 30 days ahead of the clock.*country:AE.*2026-07-15/) })]);
  });

  it('is in the metrics for as long as it lasts', async () => {
    const seconds = 30 * 86_400;
    expect((await ledger.get('/metrics')).text).toMatch(new RegExp(`^ledger_log_ahead_seconds ${seconds}\n[^]*^ledger_line_ahead_seconds\\{line="country:AE"\\} ${seconds}$`, 'm'));
    ledger.now = july;
    const { text } = await ledger.get('/metrics');
    expect(text).toMatch(/^ledger_log_ahead_seconds 0$/m);
    expect(text).not.toContain('ledger_line_ahead_seconds{');
    ledger.now = june;
  });

  it('takes no hold on the line that would end before it began', async () => {
    const head = await ledger.head();
    const early = { expiresAt: '2026-06-20T00:00:00Z' };
    const expected = { status: 400, body: { code: 'invalid-request', errors: [{ pointer: '/expiresAt', message: expect.stringContaining('2026-07-15T12:00:00.000Z') as string }] } };
    expect(await ledger.reserve(1, early)).toMatchObject(expected);
    expect(await ledger.post('/v1/determinations', { destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], ...early })).toMatchObject(expected);
    const held = await ledger.reserve(1, { expiresAt: '2026-07-15T12:00:00.001Z' });
    expect(held).toMatchObject({ status: 201, body: { createdAt: '2026-07-15T12:00:00.000Z', expiresAt: '2026-07-15T12:00:00.001Z' } });
    const path = `/v1/reservations/${held.body.id}`;
    expect(await ledger.call('PATCH', path, { body: early, headers: { 'If-Match': '*' } })).toMatchObject(expected);
    expect(await ledger.head()).toBe(head + 1);
  });

  it('takes it on another line, and one that ends as the rulebook says', async () => {
    const early = { expiresAt: '2026-06-20T00:00:00Z' };
    expect(await ledger.reserve(1, { destination: 'SA', ...early })).toMatchObject({ status: 201, body: { createdAt: '2026-06-15T12:00:00.000Z' } });
    expect(await ledger.reserve(1)).toMatchObject({ status: 201, body: { expiresAt: '2026-09-13T12:00:00.000Z' } });
  });
});
