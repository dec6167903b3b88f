import type { BrowserContext } from 'playwright-core';
import { axeFindings, PagesUnderTest, schemes, sidewaysPixels, widths } from './pages-under-test.js';

const pages = new PagesUnderTest();
const addresses = ['/', '/?show=all', '/app/countries/AE', '/app/countries/DE', '/app/countries/XX', '/app/countries/AE?asOf=2026-01-01', '/app/glance', '/app/map', '/app/map?view=tiles', '/app/lines', '/app/lines?kind=nveu', '/app/lines/lpp:falcon-holding:2026', '/app/time', '/app/activity', '/app/health', '/app/words', '/app/time?asOf=2026-07-01&from=2026-06-01', '/app/alerts', '/app/alerts?state=all', '/app/may-i-ship', '/app/may-i-ship?to=IN&chip=nvidia-h200-sxm&quantity=5000&consignee=Falcon', '/app/rules', '/app/rules?level=b&q=h', '/app/rules/chips/nvidia-h100-sxm5', '/app/rules/calculator', '/app/rules/calculator?formats=FP8:1979:8,FP16:many:16', '/app/rules/calculator?formats=FP8:1979:8&dieAreaMm2=814', '/app/obligations', '/app/obligations?status=open&kind=aia-records', '/app/reports/licence-usage', '/app/reports/lpp-shipments?year=2026', '/app/nothing'];
const firstScreenBytesMax = { script: 60 * 1024, stylesheet: 15 * 1024 };

let keys = 0;
/** H100s of which one has 15,832 TPP; the cap of a country has 790,000,000. */
const reserve = (destination: string, quantity: number): Promise<void> =>
  pages.post('/v1/reservations', `pages-${(keys += 1)}-key`, { destination, exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity }] });

interface View {
  readonly country: string;
  readonly name: string;
  readonly status: string;
  readonly available: number | null;
  readonly exported: number;
  readonly reserved: number;
}

const viewsNow = async (): Promise<readonly View[]> => (await pages.get<{ readonly countries: readonly View[] }>('/v1/countries')).countries;
const figure = (text: string): number => Number(text.replace(/[^\d.]/g, ''));

beforeAll(async () => {
  await pages.open();
});
afterAll(async () => {
  await pages.close();
});

describe('a new ledger', () => {
  it('says so, and gives a command that works as it stands', async () => {
    const { page, faults } = await pages.visit('/');
    expect(await page.textContent('h1')).toBe('Nothing has been reserved or exported yet');
    const command = (await page.textContent('pre')) ?? '';
    const { execFileSync } = await import('node:child_process');
    expect(execFileSync('sh', ['-c', `${command.replace('curl', 'curl -s')}`], { encoding: 'utf8' })).toContain('"status":"held"');
    await page.getByText('No country is close to its cap').waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });
});

describe('every page', () => {
  beforeAll(async () => {
    await reserve('AE', 44_500);
    await reserve('QA', 49_000);
    await reserve('IN', 41_000);
    await reserve('DE', 3_000);
    const consignee = { name: 'Falcon Cloud', country: 'TH', headquarters: 'TH', ultimateParent: { name: 'Falcon Holding', headquarters: 'TH' } };
    await pages.post('/v1/exports', 'pages-lpp-key', { destination: 'TH', exporter: 'acme-semi', route: 'lpp', ultimateConsignee: consignee, exportedAt: '2026-11-01T00:00:00Z', items: [{ chip: 'nvidia-h100-sxm5', quantity: 10 }] });
  });

  describe.each(schemes)('in %s', (scheme) => {
    it.each(widths)('at %i pixels: readable for all, no errors, nothing sideways', async (width) => {
      const context = await pages.context({ scheme, width });
      const findings: string[] = [];
      for (const address of addresses) {
        const { page, faults } = await pages.visit(address, context);
        await page.waitForLoadState('networkidle').catch(() => undefined);
        const sideways = await sidewaysPixels(page);
        findings.push(...(await axeFindings(page)).map((each) => `${address}: ${each}`), ...faults.map((fault) => `${address}: ${fault}`));
        if (sideways > 0) findings.push(`${address}: ${sideways} pixels sideways`);
        await page.close();
      }
      expect(findings).toEqual([]);
      await context.close();
    });
  });

  it('shows no more than fits, and loads nothing from elsewhere', async () => {
    const context = await pages.context();
    const bytes: Record<string, number> = {};
    const elsewhere: string[] = [];
    context.on('response', (response) => {
      const type = response.request().resourceType();
      if (!response.url().startsWith(pages.origin)) elsewhere.push(response.url());
      bytes[type] = (bytes[type] ?? 0) + Number(response.headers()['content-length'] ?? 0);
    });
    const { page } = await pages.visit('/', context);
    await page.getByRole('table').waitFor();
    expect(elsewhere).toEqual([]);
    expect(bytes['script']).toBeGreaterThan(0);
    expect(bytes['script']).toBeLessThanOrEqual(firstScreenBytesMax.script);
    expect(bytes['stylesheet']).toBeLessThanOrEqual(firstScreenBytesMax.stylesheet);
    await context.close();
  });
});

describe('the overview', () => {
  it('has the figures of the API for every country', async () => {
    const { page } = await pages.visit('/?show=all');
    await page.getByRole('button', { name: /^Show all/ }).click();
    const cells = (selector: string): Promise<string[]> => page.locator(selector).allTextContents();
    const [codes, statuses, lefts] = await Promise.all([cells('tbody .code'), cells('tbody .c-status'), cells('tbody .c-available')]);
    const words: Readonly<Record<string, string>> = { 'no-cap': 'No cap', 'no-allocation': 'No allocation' };
    const expected = (await viewsNow()).map(({ country, status, available }) => [country, words[status] ?? status.replace(/^./, (letter) => letter.toUpperCase()), available]);
    const read = codes.map((code, index) => [code, statuses[index], lefts[index] === 'no cap' ? null : figure(lefts[index] ?? '')]);
    expect(read.sort()).toEqual(expected.sort());
    await page.context().close();
  });

  it('sorts by what is left, the least first, and the other way round', async () => {
    const { page } = await pages.visit('/');
    const codes = () => page.locator('tbody .code').allTextContents();
    const left = (await viewsNow()).filter(({ reserved, available }) => reserved > 0 && available !== null).sort((a, b) => (a.available ?? 0) - (b.available ?? 0)).map(({ country }) => country);
    expect((await codes()).slice(0, left.length)).toEqual(left);
    await page.getByRole('button', { name: /^Left/ }).click();
    expect((await codes()).slice(0, left.length)).toEqual(left.reverse());
    expect(page.url()).toContain('order=down');
    await page.context().close();
  });

  it('names what an address asks for and the table does not know', async () => {
    const { page } = await pages.visit('/?show=full&sort=colour');
    expect(await page.getByText('show=full, sort=colour').count()).toBe(1);
    await page.context().close();
  });

  it('is used with the keyboard alone', async () => {
    const { page } = await pages.visit('/');
    await page.getByRole('table').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('indi');
    await page.getByRole('link', { name: 'India' }).first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/countries/IN');
    await page.getByRole('heading', { name: /^India/ }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL(`${pages.origin}/`);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });
});

describe('the page of a country', () => {
  it('has the figures of the API, and its events', async () => {
    const { page } = await pages.visit('/app/countries/AE');
    const view = (await viewsNow()).find(({ country }) => country === 'AE');
    const shown = await page.locator('.figures dd:not(.note)').allTextContents();
    expect(shown.map(figure)).toEqual([view?.available, view?.exported, view?.reserved, 790_000_000]);
    await page.getByText(/^Reserved .* for acme-semi/).first().waitFor();
    await page.context().close();
  });

  it('shows sums alone to those who may not see shipments', async () => {
    const context = await pages.context();
    await context.route('**/events?**', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"status":401}' }));
    const { page } = await pages.visit('/app/countries/AE', context);
    await page.getByText('Sign in to see the shipments.').waitFor();
    expect(await page.getByText('acme-semi').count()).toBe(0);
    await context.close();
  });
});

describe('the line of a company', () => {
  it('is listed with its share, and has a page with the figures of the API', async () => {
    const { page } = await pages.visit('/app/lines');
    await page.getByRole('link', { name: 'falcon-holding' }).click();
    await page.getByRole('heading', { name: /^falcon-holding/ }).waitFor();
    const line = await pages.get<{ readonly available: number; readonly exported: number }>('/v1/lines/lpp:falcon-holding:2026');
    const shown = (await page.locator('.figures .why').allTextContents()).map(figure);
    expect(shown.slice(0, 2)).toEqual([line.available, line.exported]);
    expect(line.exported).toBe(10 * 15_832);
    await page.context().close();
  });

  it('that there is not says so', async () => {
    const { page } = await pages.visit('/app/lines/lpp:nobody:2026');
    await page.getByText('Nothing was recorded on lpp:nobody:2026').waitFor();
    await page.context().close();
  });
});

describe('the small charts', () => {
  it('are one for each country in use with a cap, and lead to it', async () => {
    const { page } = await pages.visit('/app/glance?order=used');
    const views = (await viewsNow()).filter(({ exported, reserved, available }) => exported + reserved > 0 && available !== null);
    const names = views.sort((a, b) => (a.available ?? 0) - (b.available ?? 0)).map(({ name }) => name);
    expect(await page.locator('.panels b').allTextContents()).toEqual(names);
    await page.getByRole('link', { name: /^India/ }).click();
    await page.waitForURL('**/app/countries/IN');
    await page.context().close();
  });
});

describe('an alert', () => {
  it('is acknowledged with a click, once', async () => {
    const { page } = await pages.visit('/app/alerts?state=all&level=critical');
    const rows = page.getByRole('listitem').filter({ hasText: 'Qatar' });
    await rows.getByRole('button', { name: 'Acknowledge' }).click();
    await rows.getByText('acknowledged by').waitFor();
    const { items } = await pages.get<{ readonly items: readonly { readonly country: string; readonly acknowledgedBy: string | null }[] }>('/v1/alerts?level=critical');
    expect(items.find(({ country }) => country === 'QA')?.acknowledgedBy).not.toBeNull();
    await page.getByLabel('Raised').selectOption('7');
    await page.waitForURL('**days=7');
    expect(await rows.count()).toBe(1);
    await page.context().close();
  });
});

describe('may I ship this?', () => {
  it('answers what the ledger would, and records nothing', async () => {
    const before = await pages.get<object>('/readyz');
    const { page } = await pages.visit('/');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByLabel('Destination').selectOption('India');
    await page.getByLabel(/^Item/).selectOption('nvidia-h200-sxm');
    await page.getByLabel('How many').fill('500');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Yes, with a licence that draws on the allocation of India' }).waitFor();
    const answer = page.getByRole('region', { name: 'Answer' });
    const india = (await viewsNow()).find(({ country }) => country === 'IN');
    const [, left = ''] = /would have ([\d\s\u2009]+) TPP left/.exec((await answer.textContent()) ?? '') ?? [];
    expect(figure(left)).toBe((india?.available ?? 0) - 500 * 15_832);
    expect(new URL(page.url()).search).toBe('?to=IN&chip=nvidia-h200-sxm&quantity=500');
    expect(await pages.get<object>('/readyz')).toEqual(before);
    await page.context().close();
  });

  it('follows the figures that the answer stands on', async () => {
    const { page } = await pages.visit('/app/may-i-ship?to=MY&chip=nvidia-h100-sxm5&quantity=10');
    const answer = page.getByRole('region', { name: 'Answer' });
    await answer.getByText('789\u2009841\u2009680 TPP left').waitFor();
    await page.locator('.fresh.live').waitFor();
    await reserve('MY', 100);
    await answer.getByText('788\u2009258\u2009480 TPP left').waitFor();
    await page.context().close();
  });

  it('gives the ledger\'s reason for what cannot be', async () => {
    const { page } = await pages.visit('/app/may-i-ship?to=IN&chip=nvidia-h200-sxm&quantity=0');
    await page.getByText('quantity must not be less than 1').waitFor();
    await page.context().close();
  });
});

describe('live', () => {
  const streamsOf = (context: BrowserContext): { count: number } => {
    const streams = { count: 0 };
    context.on('request', (request) => (streams.count += Number(request.url().endsWith('/v1/stream'))));
    return streams;
  };

  it('shows an alert and the new figures without a reload', async () => {
    const { page } = await pages.visit('/');
    await page.getByText('Live', { exact: false }).first().waitFor();
    await reserve('SA', 46_000);
    await page.getByRole('listitem').filter({ hasText: 'Saudi Arabia passed 90' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Saudi Arabia' }).getByText('Critical').waitFor();
    await page.context().close();
  });

  it('has one connection for all tabs, and another tab goes on when the first is closed', async () => {
    const context = await pages.context();
    const streams = streamsOf(context);
    const first = await pages.visit('/', context);
    await first.page.locator('.fresh.live').waitFor();
    const second = await pages.visit('/', context);
    await second.page.locator('.fresh.live').waitFor();
    expect(streams.count).toBe(1);
    await first.page.close();
    await reserve('SG', 46_000);
    await second.page.getByRole('row').filter({ hasText: 'Singapore' }).getByText('Critical').waitFor();
    expect(streams.count).toBe(2);
    await context.close();
  });

  it('says that the ledger is gone and since when, and goes on by itself', async () => {
    const { page } = await pages.visit('/');
    await page.locator('.fresh.live').waitFor();
    await pages.stopServer();
    await page.getByRole('status').getByText('No connection to the ledger. The figures are those of').waitFor();
    await page.getByRole('table').waitFor();
    await pages.startServer();
    await page.locator('.fresh.live').waitFor();
    await reserve('MY', 46_000);
    await page.getByRole('row').filter({ hasText: 'Malaysia' }).getByText('Critical').waitFor();
    await page.getByText('No connection to the ledger').waitFor({ state: 'detached' });
    await page.context().close();
  });
});
