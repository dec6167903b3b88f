import { readFileSync } from 'node:fs';
import { PagesUnderTest, type Opened } from './pages-under-test.js';

const pages = new PagesUnderTest();
const shipments = 5;
/** More than the first rows of a status. */
const consignees = 31;

interface Obligation {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly citation: string;
  readonly status: string;
  readonly exporter: string;
}

const obligations = async (query = ''): Promise<readonly Obligation[]> => (await pages.get<{ readonly items: readonly Obligation[] }>(`/v1/obligations?limit=200${query}`)).items;

let keys = 0;
const hold = (exporter: string, destination: string, consignee: object): Promise<void> =>
  pages.post('/v1/reservations', `obligations-${(keys += 1)}-key`, { destination, exporter, ultimateConsignee: consignee, items: [{ chip: 'nvidia-h100-sxm5', quantity: 10 }] });
const send = (exporter: string, name: string): Promise<void> =>
  pages.post('/v1/exports', `obligations-${(keys += 1)}-key`, {
    destination: 'BR',
    exporter,
    exportedAt: '2026-03-01T00:00:00Z',
    ultimateConsignee: { name, headquarters: 'BR', ultimateParent: { name: `${name} Holding`, headquarters: 'BR' } },
    items: [{ chip: 'nvidia-h100-sxm5', quantity: 10 }],
  });

/** Ids of the rows, in their order. */
const idsOf = (page: Opened['page']): Promise<readonly string[]> => page.evaluate("[...document.querySelectorAll('table.owes tbody tr')].map((row) => row.dataset.id)");

beforeAll(async () => {
  await pages.open();
});
afterAll(async () => {
  await pages.close();
});

describe('a ledger in which nothing is owed', () => {
  it('says so, and what would bring the first duties', async () => {
    const { page, faults } = await pages.visit('/');
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await page.getByRole('heading', { name: 'Nothing is owed' }).waitFor();
    await page.getByRole('link', { name: 'see what a shipment would bring' }).waitFor();
    expect(faults).toEqual([]);
    await page.goto(`${pages.origin}/app/reports/lpp-shipments`);
    await page.getByText('No shipment calls for this report yet.').waitFor();
    await page.context().close();
  });
});

describe('obligations', () => {
  beforeAll(async () => {
    for (let at = 0; at < shipments; at += 1) await send(at % 2 === 0 ? 'acme-semi' : 'borealis', `Falcon ${at}`);
    for (let at = 0; at < consignees; at += 1) await hold('acme-semi', 'DE', { name: `Adler ${at}`, headquarters: 'DE' });
  });

  it('are those of the API, with their citations and counts', async () => {
    const [overdue, open] = [await obligations('&status=overdue'), await obligations('&status=open')];
    expect(open.length).toBeGreaterThan(25);
    const { page } = await pages.visit('/app/obligations');
    await page.locator('table.owes tbody tr').first().waitFor();
    const expected = [...overdue.slice(0, 25), ...open.slice(0, 25)];
    expect(await idsOf(page)).toEqual(expected.map(({ id }) => id));
    const texts = await page.locator('.c-what').allTextContents();
    for (const [index, { text, citation }] of expected.entries()) expect(texts[index]).toBe(`${text} ${citation}`);
    const chips = await page.locator('.filters').first().getByRole('button').allTextContents();
    expect(chips).toEqual(['Owed ', `Overdue ${overdue.length}`, `Open ${open.length}`, `Done ${(await obligations('&status=done')).length}`]);
    await page.context().close();
  });

  it('are filtered by the address, page by page', async () => {
    const { page } = await pages.visit('/app/obligations');
    await page.getByLabel('Kind').selectOption('lpp-records');
    await page.getByLabel('Exporter').fill('borealis');
    await page.getByLabel('Due before').fill('2099-01-01');
    await page.getByRole('button', { name: /^Open/ }).click();
    expect(new URL(page.url()).search).toBe('?status=open&exporter=borealis&kind=lpp-records&dueBefore=2099-01-01');
    const expected = await obligations('&status=open&exporter=borealis&kind=lpp-records');
    expect(expected.length).toBe(2);
    await page.locator('table.owes tbody tr').nth(1).waitFor();
    expect(await idsOf(page)).toEqual(expected.map(({ id }) => id));
    await page.getByLabel('Due before').fill('2020-01-01');
    await page.getByText('No obligation fits.').waitFor();
    const all = await obligations('&status=open');
    await page.goto(`${pages.origin}/app/obligations?status=open`);
    await page.locator('table.owes tbody tr').nth(49).waitFor();
    const first = await idsOf(page);
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.getByRole('link', { name: 'First page' }).waitFor();
    await page.locator('table.owes tbody tr').first().waitFor();
    expect([...first, ...(await idsOf(page))]).toEqual(all.slice(0, 100).map(({ id }) => id));
    await page.context().close();
  });

  it('names what an address asks for and cannot be', async () => {
    const { page } = await pages.visit('/app/obligations?status=late&dueBefore=2026-02-30');
    await page.getByText('The address asks for status=late, dueBefore=2026-02-30').waitFor();
    await page.context().close();
  });

  it.each([401, 403])('are not shown to those who may not see shipments (%i)', async (status) => {
    const context = await pages.context();
    const refuse = (route: { fulfill: (answer: object) => Promise<void> }): Promise<void> => route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status }) });
    await context.route('**/v1/obligations?**', refuse);
    await context.route('**/v1/reports**', refuse);
    const { page } = await pages.visit('/app/obligations', context);
    await page.getByText('Sign in to see the shipments.').nth(1).waitFor();
    expect(await page.getByText('acme-semi').count()).toBe(0);
    await page.goto(`${pages.origin}/app/reports/lpp-shipments`);
    await page.getByText('Sign in to see the shipments.').waitFor();
    await context.close();
  });
});

describe('a report', () => {
  it('has the rows of the API, its parameters in the address, and the CSV of the API', async () => {
    const { page } = await pages.visit('/app/obligations');
    await page.getByRole('link', { name: /^Shipments under License Exception LPP/ }).click();
    await page.getByRole('heading', { name: `${shipments} rows` }).waitFor();
    await page.getByLabel('Exporter').fill('borealis');
    await page.getByLabel('Year').fill('2026');
    await page.keyboard.press('Enter');
    const report = await pages.get<{ readonly columns: readonly string[]; readonly rows: readonly { readonly exportId: string; readonly tpp: number }[] }>('/v1/reports/lpp-shipments?exporter=borealis&year=2026');
    await page.getByRole('heading', { name: `${report.rows.length} rows` }).waitFor();
    expect(report.rows.length).toBe(2);
    expect(new URL(page.url()).search).toBe('?exporter=borealis&year=2026');
    const cells = await page.locator('.report tbody tr').allTextContents();
    for (const [index, { exportId, tpp }] of report.rows.entries()) {
      expect(cells[index]).toContain(exportId);
      expect(cells[index]?.replace(/\u2009/g, '')).toContain(String(tpp));
    }
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
    const csv = await (await fetch(`${pages.origin}/v1/reports/lpp-shipments?exporter=borealis&year=2026&format=csv`)).text();
    expect(readFileSync(await download.path(), 'utf8')).toBe(csv);
    await page.context().close();
  });

  it('says why a parameter cannot be, and keeps what was typed', async () => {
    const { page } = await pages.visit('/app/reports/lpp-shipments?year=soon');
    await page.getByText('year must').waitFor();
    expect(await page.getByLabel('Year').inputValue()).toBe('soon');
    await page.goto(`${pages.origin}/app/reports/none`);
    await page.getByRole('heading', { name: 'There is no report none' }).waitFor();
    await page.context().close();
  });
});
