import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const exportedAt = '2026-06-10T10:00:00Z';
const b200 = (quantity: number): Json[] => [{ chip: 'nvidia-b200', quantity }];
const maker = { name: 'Penang Assembly', country: 'MY', headquarters: 'MY', ultimateParent: { name: 'Penang Holding', headquarters: 'MY' } };
const supplyChain = { endUse: 'production', privateSector: true, customersOutsideD5: true };
const falcon = { name: 'Falcon Cloud', country: 'IN', headquarters: 'IN', ultimateParent: { name: 'Falcon Holding', headquarters: 'IN' } };
const rhein = { name: 'Rhein Rechner', country: 'DE', headquarters: 'DE' };

async function ship(body: Json, route: string): Promise<Answer> {
  const answer = await ledger.post('/v1/exports', { exportedAt, ...body });
  expect(answer).toMatchObject({ status: 201, body: { route } });
  return answer;
}

async function rowsOf(path: string): Promise<readonly Json[]> {
  const { status, body } = await ledger.get(`/v1/reports/${path}`);
  expect(status).toBe(200);
  expect((body['rows'] as Json[]).every((row) => Object.keys(row).join() === (body['columns'] as string[]).join())).toBe(true);
  return body['rows'] as Json[];
}

describe('GET /v1/reports', () => {
  it('lists every report with what it takes', async () => {
    const { body } = await ledger.get('/v1/reports');
    expect(body.items.map(({ name }: Json) => name)).toEqual([
      'lpp-shipments', 'aia-consignees', 'acm-accounts', 'nac-notices', 'veu-semiannual', 'veu-chip-accounting', 'uveu-shares', 'licence-usage',
    ]);
    for (const { name } of body.items as readonly Json[]) expect(await rowsOf(String(name))).toEqual([]);
  });
});

describe('GET /v1/reports/{name}', () => {
  it('counts LPP shipments against the limit of the parent and year, over all exporters', async () => {
    const shipment = { destination: 'IN', ultimateConsignee: falcon, route: 'lpp' };
    await ship({ ...shipment, exporter: 'acme', items: b200(100) }, 'lpp');
    const reversed = await ship({ ...shipment, exporter: 'acme', items: b200(1) }, 'lpp');
    await ship({ ...shipment, exporter: 'beta', items: b200(10) }, 'lpp');
    await ledger.post(`/v1/exports/${reversed.body.id}/reversal`, { code: 'duplicate', reason: 'sent twice' });
    const [copy] = (await ledger.get('/v1/obligations?exporter=beta&kind=lpp-certification-copy')).body.items;
    await ledger.post(`/v1/obligations/${copy?.id}/fulfilment`, { reference: 'mail' });
    expect(await rowsOf('lpp-shipments?party=Falcon%20Holding&year=2026')).toMatchObject([
      { year: 2026, parentId: 'falcon-holding', parent: 'Falcon Holding', exporter: 'acme', tpp: 3_600_000, receivedTpp: 3_600_000, limitTpp: 26_900_000, leftTpp: 23_300_000, limitReached: false, noticeStatus: 'open', copyStatus: 'open', copyDueAt: '2026-07-10T23:59:59.999Z' },
      { exporter: 'beta', tpp: 360_000, receivedTpp: 3_960_000, noticeStatus: 'not-required', noticeDueAt: null, copyStatus: 'done' },
    ]);
    expect(await rowsOf('lpp-shipments?year=2025')).toEqual([]);
    expect((await ledger.get('/v1/lines/lpp:falcon-holding:2026')).body).toMatchObject({ exported: 3_960_000 });
  });

  it('counts what merged companies received under LPP against the one limit that goes on, less what was reversed', async () => {
    const owned = (name: string): Json => ({ destination: 'IN', route: 'lpp', exporter: 'merger', ultimateConsignee: { name: 'Gyr Cloud', country: 'IN', headquarters: 'IN', ultimateParent: { name, headquarters: 'IN' } } });
    const misreported = await ship({ ...owned('Gyr'), items: b200(40) }, 'lpp');
    await ship({ ...owned('Gyr'), items: b200(10) }, 'lpp');
    await ship({ ...owned('Gyr Group'), items: b200(20) }, 'lpp');
    await ship({ ...owned('Gyr Partners'), items: b200(1) }, 'lpp');
    const merge = (from: string, into: string) => ledger.post(`/v1/companies/${from}/merger`, { into, reason: 'one company' });
    expect((await merge('gyr', 'gyr-group')).status).toBe(200);
    await ship({ ...owned('Gyr'), items: b200(5) }, 'lpp');
    await ledger.post(`/v1/exports/${misreported.body.id}/reversal`, { code: 'duplicate', reason: 'sent twice' });
    expect((await merge('gyr-group', 'gyr-partners')).status).toBe(200);
    const unit = 36_000;
    const parentId = 'gyr-partners';
    expect(await rowsOf('lpp-shipments?exporter=merger')).toMatchObject([
      { parentId, tpp: 10 * unit, receivedTpp: 10 * unit },
      { parentId, tpp: 20 * unit, receivedTpp: 30 * unit },
      { parentId, tpp: unit, receivedTpp: 31 * unit },
      { parentId, tpp: 5 * unit, receivedTpp: 36 * unit, leftTpp: 26_900_000 - 36 * unit },
    ]);
    expect((await ledger.get('/v1/lines/lpp:gyr-partners:2026')).body).toMatchObject({ exported: 36 * unit });
    await ledger.post('/v1/companies/gyr-partners/amendment', { name: 'Gyr Alliance', aliases: ['Gyr', 'Gyr Group', 'The Gyrs'], reason: 'renamed' });
    for (const party of ['gyr', 'Gyr Group', 'gyr-partners', 'Gyr Alliance', 'gyr-alliance', 'THE GYRS']) {
      const rows = await rowsOf(`lpp-shipments?party=${encodeURIComponent(party)}`);
      expect(rows.map((row) => [row['parentId'], row['parent']])).toEqual(Array(4).fill(['gyr-partners', 'Gyr Alliance']));
    }
    expect(await rowsOf('lpp-shipments?party=nobody')).toEqual([]);
  });

  it('sums up what consignees received under AIA', async () => {
    const shipment = { destination: 'DE', ultimateConsignee: rhein };
    await ship({ ...shipment, exporter: 'acme', items: b200(4000) }, 'aia');
    await ship({ ...shipment, exporter: 'beta', items: b200(4000) }, 'aia');
    expect(await rowsOf('aia-consignees')).toMatchObject([
      { consigneeId: 'rhein-rechner', countries: 'DE', exporter: 'acme', shipments: 1, tpp: 144_000_000, consigneeTpp: 288_000_000, filingTpp: 253_000_000, filingReached: true, filingStatus: 'not-due' },
      { exporter: 'beta', filingStatus: 'open', filingDueAt: '2026-06-10T10:00:00.000Z' },
    ]);
    expect(await rowsOf('aia-consignees?exporter=beta&party=rhein-rechner')).toHaveLength(1);
  });

  it('adds up what a consignee received under all of its names', async () => {
    await ledger.post('/v1/companies', { name: 'Elbe Group', aliases: ['Elbe Rechner'] });
    const shipment = (name: string): Json => ({ destination: 'DE', exporter: 'elbe', ultimateConsignee: { name, country: 'DE', headquarters: 'DE' }, items: b200(10) });
    await ship(shipment('Elbe Rechner'), 'aia');
    await ship(shipment('Elbe Group'), 'aia');
    const elbe = { consigneeId: 'elbe-group', consignee: 'Elbe Group', tpp: 360_000, consigneeTpp: 720_000 };
    expect(await rowsOf('aia-consignees?party=elbe%20rechner')).toMatchObject([elbe, elbe]);
  });

  it('accounts for what entered a facility under ACM, period by period', async () => {
    const shipment = { destination: 'MY', exporter: 'acme', ultimateConsignee: maker, facts: supplyChain };
    await ship({ ...shipment, items: b200(7), exportedAt: '2025-09-01T00:00:00Z' }, 'acm');
    await ship({ ...shipment, items: b200(5), exportedAt: '2026-05-01T00:00:00Z' }, 'acm');
    expect(await rowsOf('acm-accounts')).toMatchObject([
      { facility: 'Penang Assembly', country: 'MY', periodFrom: '2025-09-01', periodTo: '2026-02-28', item: 'nvidia-b200', quantityIn: 7, tppIn: 252_000, quantityOut: null, status: 'open' },
      { periodFrom: '2026-03-01', periodTo: '2026-08-31', quantityIn: 5, status: 'open' },
    ]);
  });

  it('shows the notice of every shipment under NAC', async () => {
    const facts = { noticeGivenAt: '2026-05-01T00:00:00Z', cluster: false };
    await ship({ destination: 'CN', exporter: 'acme', items: [{ chip: 'nvidia-geforce-rtx-4090', quantity: 2 }], facts }, 'nac');
    expect(await rowsOf('nac-notices?country=CN')).toMatchObject([
      { tpp: 10_569.6, noticeGivenAt: '2026-05-01T00:00:00Z', daysBefore: 40, status: 'done', cluster: false, clusterTpp: null },
    ]);
  });

  it('accounts for the chips of a validated end-user, and reports its inventory by half-years', async () => {
    const heron = { name: 'Heron Compute', country: 'AE', headquarters: 'AE', ultimateParent: { name: 'Heron Compute', headquarters: 'AE' } };
    expect((await ledger.post('/v1/companies', { name: 'Heron Compute', headquarters: 'AE' })).status).toBe(201);
    const reason = 'Supplement No. 7 to Part 748';
    const authorisation = { kind: 'nveu', companyId: 'heron-compute', country: 'AE', from: '2025-01-01T00:00:00Z', reason };
    expect((await ledger.post('/v1/authorisations', authorisation)).status).toBe(201);
    const shipment = { destination: 'AE', ultimateConsignee: heron, route: 'nveu', items: b200(100) };
    await ship({ ...shipment, exporter: 'acme', exportedAt: '2025-12-20T00:00:00Z' }, 'nveu');
    await ship({ ...shipment, exporter: 'beta', exportedAt: '2026-01-10T00:00:00Z' }, 'nveu');
    const lost = { tpp: 36_000, cause: 'failure', occurredAt: '2026-03-01T00:00:00Z', reason: 'one burnt out' };
    expect((await ledger.post('/v1/lines/nveu:heron-compute:AE/attrition', lost)).status).toBe(201);
    const line = { companyId: 'heron-compute', company: 'Heron Compute', line: 'nveu:heron-compute:AE', country: 'AE' };
    expect(await rowsOf('veu-semiannual')).toMatchObject([
      { ...line, periodFrom: '2025-07-01', periodTo: '2025-12-31', item: 'nvidia-b200', quantityReceived: 100, receivedOn: '2025-12-20', inventoryQuantity: 100, dueAt: '2026-01-15T23:59:59.999Z', status: 'open' },
      { ...line, periodFrom: '2026-01-01', periodTo: '2026-06-30', quantityReceived: 100, receivedOn: '2026-01-10', inventoryQuantity: 200, dueAt: '2026-07-15T23:59:59.999Z', status: 'open' },
    ]);
    expect(await rowsOf('veu-chip-accounting?year=2026&party=heron-compute')).toMatchObject([
      { periodTo: '2026-02-01', quantityReceived: 200, tppReceived: 7_200_000, attritionTpp: 0, tppInstalled: 7_200_000, status: 'open' },
      { periodTo: '2026-08-01', tppInPeriod: 0, tppReceived: 7_200_000, attritionTpp: 36_000, attritionCauses: 'failure', tppInstalled: 7_164_000, status: 'open' },
    ]);
    expect((await ledger.get('/v1/lines/nveu:heron-compute:AE')).body).toMatchObject({ exported: 7_164_000 });
    const { items } = (await ledger.get('/v1/obligations?party=Heron%20Compute&kind=veu-report')).body;
    expect(items).toMatchObject([
      { party: { role: 'veu', id: 'heron-compute' }, exporter: null, exportId: null, period: { from: '2025-07-01T00:00:00.000Z' }, status: 'open' },
      { period: { from: '2026-01-01T00:00:00.000Z' }, status: 'open' },
    ]);
  });

  it('compares what was licensed with what left', async () => {
    const held = await ledger.reserve(10, { exporter: 'acme', destination: 'IN' });
    await ledger.post(`/v1/reservations/${held.body.id}/exports`, { exportedAt, tpp: 15_832 });
    await ledger.post(`/v1/reservations/${held.body.id}/release`, {});
    expect(await rowsOf('licence-usage?country=IN')).toEqual([
      { country: 'IN', name: 'India', line: 'country:IN', exporter: 'acme', licences: 1, licensedTpp: 158_320, openTpp: 0, unusedTpp: 142_488, shipments: 1, shippedTpp: 15_832, reversals: 0, creditedTpp: 0 },
    ]);
  });

  it('is CSV by Accept or by format, in which no name becomes a formula', async () => {
    await ship({ destination: 'FR', exporter: '=HYPERLINK("http://x")', items: b200(1), ultimateConsignee: { name: '@Seine, "SA"', country: 'FR', headquarters: 'FR' } }, 'aia');
    const asked = await ledger.get('/v1/reports/aia-consignees', { Accept: 'text/csv' });
    const named = await ledger.get('/v1/reports/aia-consignees?format=csv');
    expect(named.text).toBe(asked.text);
    expect(asked.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(asked.headers.get('content-disposition')).toBe('attachment; filename="aia-consignees.csv"');
    const [head, ...lines] = asked.text.trimEnd().split('\r\n');
    expect(head).toMatch(/^consigneeId,consignee,countries,exporter,shipments,/);
    expect(lines.at(-1)).toMatch(/^seine-sa,"'@Seine, ""SA""",FR,"'=HYPERLINK\(""http:\/\/x""\)",1,36000,/);
    expect(lines).toHaveLength((await rowsOf('aia-consignees')).length);
  });

  it.each([
    ['lpp-shipments?country=AE', '/country'],
    ['lpp-shipments?year=26', '/year'],
    ['aia-consignees?format=xlsx', '/format'],
    ['licence-usage?country=India', '/country'],
    ['nac-notices?owner=me', '/owner'],
  ])('refuses %s', async (path, pointer) => {
    expect(await ledger.get(`/v1/reports/${path}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('knows no other report, and no other form', async () => {
    expect(await ledger.get('/v1/reports/profits')).toMatchObject({ status: 404, body: { code: 'report-not-found' } });
    expect(await ledger.get('/v1/reports/nac-notices', { Accept: 'image/png' })).toMatchObject({ status: 406 });
    expect(await ledger.get('/v1/reports?limit=5')).toMatchObject({ status: 400 });
  });
});
