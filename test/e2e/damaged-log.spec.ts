import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer } from './answer.js';

let ledger: LedgerUnderTest;
let id: string;

/** The newest event of AE says another amount than was recorded: position 3 of 4. */
beforeEach(async () => {
  ledger = await LedgerUnderTest.start();
  await ledger.reserve(1);
  id = (await ledger.reserve(1)).body.id;
  await ledger.reserve(1, { destination: 'SA' });
  await ledger.head();
  await ledger.restart({}, async () => {
    const database = new Database(join(ledger.dataDir, 'log', 'ledger.sqlite'));
    database.exec('DROP TRIGGER events_no_update');
    database.exec(`UPDATE events SET json = replace(json, '"reserved":31664000', '"reserved":31664') WHERE position = 3`);
    database.close();
  });
});
afterEach(() => ledger.stop());

const isNamed = ({ status, body }: Answer): void => {
  expect([status, body.code]).toEqual([503, 'store-unavailable']);
  expect(body.detail).toMatch(/ledger\.sqlite: the event at position 3 \(quota-country:AE@1\) is damaged/);
};

describe('a ledger whose log has a damaged event', () => {
  it('decides nothing on its line, and goes on with the others', async () => {
    isNamed(await ledger.reserve(1));
    isNamed(await ledger.post(`/v1/reservations/${id}/release`, {}));
    isNamed(await ledger.post('/v1/determinations', { destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] }));
    expect((await ledger.reserve(1, { destination: 'SA' })).status).toBe(201);
  });

  it.each(['/v1/events', '/v1/events?stream=quota-country:AE', '/v1/countries/AE/events', '/v1/countries/AE?atPosition=3', '/v1/reservations'])(
    'names it to who reads %s',
    async (path) => isNamed(await ledger.get(path)),
  );

  it('names it to who reads the reservation', async () => isNamed(await ledger.get(`/v1/reservations/${id}`)));

  it('does not start without views', async () => {
    const restarted = ledger.restart({}, () => rm(join(ledger.dataDir, 'views'), { recursive: true }));
    await expect(restarted).rejects.toThrow(/the event at position 3 \(quota-country:AE@1\) is damaged/);
    await expect(ledger.restart()).rejects.toThrow(/the event at position 3 \(quota-country:AE@1\) is damaged/);
  });
});
