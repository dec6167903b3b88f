import { PagesUnderTest } from './pages-under-test.js';

const pages = new PagesUnderTest();
beforeAll(() => pages.open());
afterAll(() => pages.close());

const reserve = (key: string, destination: string): Promise<void> =>
  pages.post('/v1/reservations', key, { destination, exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity: 10 }] });

describe('the activity', () => {
  it('shows decisions as they come, waits while it is paused, and narrows to a country', async () => {
    await reserve('activity-1-key', 'AE');
    const { page, faults } = await pages.visit('/app/activity');
    const rows = page.locator('.feed li');
    await rows.filter({ hasText: 'United Arab Emirates' }).waitFor();
    await reserve('activity-2-key', 'IN');
    await rows.filter({ hasText: 'India' }).waitFor();
    expect(await rows.count()).toBe(2);
    await page.getByRole('button', { name: 'Pause' }).click();
    await reserve('activity-3-key', 'SG');
    await page.getByRole('button', { name: 'Go on, 1 new' }).waitFor();
    expect(await rows.count()).toBe(2);
    await page.getByRole('button', { name: 'Go on, 1 new' }).click();
    await rows.filter({ hasText: 'Singapore' }).waitFor();
    await page.getByLabel('Country').selectOption('IN');
    await page.waitForURL('**country=IN');
    expect(await rows.count()).toBe(1);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('says to sign in where shipments are not for everybody', async () => {
    const context = await pages.context();
    await context.route('**/v1/events?**', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"status":401}' }));
    const { page } = await pages.visit('/app/activity', context);
    await page.getByText('Sign in to see the shipments.').waitFor();
    await context.close();
  });
});

describe('the health of the system', () => {
  it('is told in words, also when the ledger is away', async () => {
    const { page } = await pages.visit('/app/health');
    await page.getByRole('heading', { name: 'The ledger is ready' }).waitFor();
    const position = await page.getByRole('row', { name: /^Position/ }).textContent();
    expect(Number((position ?? '').replace(/\D/g, ''))).toBe(Number((await pages.get<{ readonly position: string }>('/readyz')).position));
    await pages.stopServer();
    await page.getByRole('heading', { name: 'The ledger is not ready' }).waitFor();
    await page.getByText('The ledger cannot be reached.').first().waitFor();
    await pages.startServer();
    await page.getByRole('heading', { name: 'The ledger is ready' }).waitFor();
    await page.context().close();
  });
});
