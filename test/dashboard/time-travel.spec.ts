import { PagesUnderTest } from './pages-under-test.js';

const pages = new PagesUnderTest();
const figure = (text: string): number => Number(text.replace('−', '-').replace(/[^\d.-]/g, ''));
interface View {
  readonly country: string;
  readonly exported: number;
  readonly reserved: number;
  readonly available: number | null;
}

let between = '';
beforeAll(async () => {
  await pages.open();
  await pages.post('/v1/reservations', 'travel-1-key', { destination: 'AE', exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1_000 }] });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  between = `${new Date().toISOString().slice(0, 19)}Z`;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await pages.post('/v1/reservations', 'travel-2-key', { destination: 'AE', exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity: 500 }] });
  await pages.post('/v1/exports', 'travel-3-key', { destination: 'IN', exporter: 'acme-semi', exportedAt: '2026-01-05T00:00:00Z', items: [{ chip: 'nvidia-h100-sxm5', quantity: 10 }] });
});
afterAll(() => pages.close());

describe('a moment of the past', () => {
  it('is shown by every page, stays from page to page, and ends with a click', async () => {
    const { page, faults } = await pages.visit(`/app/countries/AE?asOf=${between}`);
    await page.getByText(/^As of /).waitFor();
    const view = await pages.get<View>(`/v1/countries/AE?asOf=${between}`);
    const shown = async (): Promise<readonly number[]> => (await page.locator('.figures dd:not(.note)').allTextContents()).slice(0, 3).map(figure);
    expect(await shown()).toEqual([view.available, view.exported, view.reserved]);
    // One event was recorded by then; the explanation is of then as well.
    await page.locator('.events tbody tr').first().waitFor();
    expect(await page.locator('.events tbody tr').count()).toBe(1);
    await page.getByText(/^Left at position/).waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { name: 'Countries' }).waitFor();
    expect(page.url()).toBe(`${pages.origin}/?asOf=${encodeURIComponent(between)}`);
    expect(await page.locator('tbody .code').allTextContents()).toEqual(['AE']);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.locator('.fresh.live').waitFor();
    expect((await page.locator('tbody .code').allTextContents()).sort()).toEqual(['AE', 'IN']);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('can be compared with another one; the days are in the address', async () => {
    const { page } = await pages.visit('/app/time?from=2026-01-01');
    await page.locator('.changes tbody tr').first().waitFor();
    const now = await pages.get<{ readonly countries: readonly View[] }>('/v1/countries');
    const rows = await page.locator('.changes tbody tr').all();
    const cells = await Promise.all(rows.map((row) => row.locator('td').allTextContents()));
    const expected = ['AE', 'IN'].map((code) => now.countries.find(({ country }) => country === code));
    expect(cells.map(([name, , exported, reserved]) => [name?.slice(-2), figure(exported ?? ''), figure(reserved ?? '')])).toEqual(expected.map((view) => [view?.country, view?.exported, view?.reserved]));
    await page.getByLabel('Compare with').fill('2026-02-01');
    await page.waitForURL('**/app/time?from=2026-02-01');
    await page.getByRole('button', { name: 'Day before' }).click();
    await page.waitForURL(/asOf=\d{4}-\d{2}-\d{2}/);
    await page.getByText('Nothing changed between these days.').waitFor();
    await page.context().close();
  });
});

describe('a figure', () => {
  it('explains itself: its terms sum up to it and link to their events', async () => {
    const { page } = await pages.visit('/app/countries/AE');
    await page.locator('.figures .why').nth(2).click();
    await page.getByRole('heading', { name: 'Explain “reserved”' }).waitFor();
    await page.getByText(/^Reserved at position/).waitFor();
    const view = await pages.get<View>('/v1/countries/AE');
    const sum = page.locator('section:has(#explain) .sum > div');
    expect(figure((await sum.last().locator('.num').textContent()) ?? '')).toBe(view.reserved);
    const { items } = await pages.get<{ readonly items: readonly object[] }>((await sum.getByRole('link').first().getAttribute('href')) ?? '');
    expect(items).toHaveLength(2);
    await page.context().close();
  });
});
