import { quota } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Json } from './answer.js';

let ledger: LedgerUnderTest;

beforeEach(async () => {
  ledger = await LedgerUnderTest.start();
});

afterEach(() => ledger.stop());

const unit = 15_832;
const reason = 'order 17';

/** A Universal VEU that has declared 100 H100s: 7 may be in one country. */
async function register(): Promise<void> {
  await ledger.post('/v1/companies', { name: 'Nordic', headquarters: 'NO' });
  await ledger.post('/v1/authorisations', { companyId: 'nordic', reason, kind: 'uveu' });
  await ledger.post('/v1/companies/nordic/amendment', { declaredTpp: 100 * unit, reason });
}

const nordic = (country: string) => ({ destination: country, ultimateConsignee: { name: 'Nordic', country, headquarters: 'NO' } });

describe('the shares of a universal validated end user', () => {
  it('are measured on the reporting dates', async () => {
    await register();
    const { body: hold } = await ledger.reserve(10, { ...nordic('AE'), route: 'licence', expiresAt: '2026-12-31T00:00:00Z' });
    const rows = async (): Promise<string> => JSON.stringify((await ledger.get('/v1/reports/uveu-shares')).body);
    expect(await rows()).not.toContain('2026-08-01');
    ledger.now = Date.parse('2026-08-02T00:00:00Z');
    await ledger.post(`/v1/reservations/${hold.id}/release`, {});
    const shown = await rows();
    const measured = { companyId: 'nordic', line: 'uveu:nordic', measuredOn: '2026-08-01' };
    for (const row of [
      { ...measured, scope: 'country:AE', limitTpp: 7 * unit, usedTpp: 10 * unit, beyondTpp: 3 * unit, status: 'beyond' },
      { ...measured, scope: 'outside-partners', limitTpp: 25 * unit, usedTpp: 10 * unit, beyondTpp: 0, status: 'within' },
    ]) {
      for (const [name, value] of Object.entries(row)) expect(shown).toContain(`"${name}":${JSON.stringify(value)}`);
    }
  });

  it('raise an alert of its own when they were beyond a limit on a reporting date', async () => {
    await register();
    const { body: hold } = await ledger.reserve(10, { ...nordic('AE'), route: 'licence', expiresAt: '2026-12-31T00:00:00Z' });
    const measured = async () => (await ledger.get('/v1/alerts?level=measured')).body.items;
    expect((await ledger.get('/v1/alerts')).body.items.map(({ level }) => level)).toEqual(['exhausted', 'critical', 'watch']);
    ledger.now = Date.parse('2026-08-02T00:00:59Z');
    expect(await measured()).toEqual([]);
    ledger.now = Date.parse('2026-08-02T00:01:00Z');
    const alert = { line: 'uveu:nordic', country: null, level: 'measured', threshold: 1, utilization: 1.42857, measuredOn: '2026-08-01', raisedAt: '2026-08-01T23:59:59.999Z' };
    const [raised] = await measured();
    expect(raised).toMatchObject({ ...alert, closedAt: null });
    const { body: crossing } = await ledger.get(`/v1/events?from=${Number(raised?.position) - 1}&limit=1`);
    expect(crossing.items).toMatchObject([{ id: raised?.['eventId'], data: { type: 'ShipmentCounted' } }]);
    await ledger.restart();
    expect(await measured()).toEqual([raised]);
    await ledger.post(`/v1/reservations/${hold.id}/release`, {});
    expect(await measured()).toEqual([raised]);
    ledger.now = Date.parse('2027-02-02T00:01:00Z');
    expect(await measured()).toMatchObject([{ ...alert, closedAt: '2027-02-01T23:59:59.999Z' }]);
    const { out } = await quota('alerts', '--level', 'measured', '--url', ledger.url);
    expect(out).toMatch(/2026-08-01T23:59 +measured +uveu:nordic +142\.9 % +closed 2027-02-01/);
    const replayed = await quota('replay', '--json', '--url', ledger.url);
    expect({ code: replayed.code, ...(JSON.parse(replayed.out) as Json) }).toMatchObject({ code: 0, differences: [] });
  });
});
