import { PagesUnderTest } from './pages-under-test.js';

const pages = new PagesUnderTest();
beforeAll(() => pages.open());
afterAll(() => pages.close());

describe('the skip link', () => {
  it('moves the focus to the page and stays on it', async () => {
    const { page } = await pages.visit('/app/alerts');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    expect(page.url()).toBe(`${pages.origin}/app/alerts#main`);
    await page.context().close();
  });
});

describe('the list of keys', () => {
  it('holds the focus, and gives it back', async () => {
    const { page } = await pages.visit('/app/alerts');
    await page.getByRole('button', { name: 'Keys' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (let tabs = 0; tabs < 6; tabs += 1) {
      await page.keyboard.press('Tab');
      // The browser's own bar may have it for one step: never the page behind.
      expect(await page.evaluate("document.activeElement === document.body || document.activeElement.closest('dialog') !== null")).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Keys');
    await page.context().close();
  });
});

describe('a page whose file cannot be had', () => {
  const assets = '**/assets/may-i-ship*.js';

  it('is loaded anew once where a newer version is running, and keeps what was typed', async () => {
    const context = await pages.context();
    const { page } = await pages.visit('/', context);
    let loads = 0;
    page.on('load', () => (loads += 1));
    await context.route(assets, (route) => route.fulfill({ status: 404 }), { times: 1 });
    await page.evaluate("history.pushState(null, '', '/app/may-i-ship?to=IN&quantity=7'); dispatchEvent(new PopStateEvent('popstate'))");
    await page.getByRole('heading', { name: 'A newer version is running' }).waitFor();
    await page.getByRole('heading', { name: 'May I ship this?' }).waitFor();
    expect(loads).toBe(1);
    expect(await page.getByLabel('How many').inputValue()).toBe('7');
    await context.close();
  });

  it('is not loaded anew without end where it stays missing', async () => {
    const context = await pages.context();
    const { page } = await pages.visit('/', context);
    let loads = 0;
    page.on('load', () => (loads += 1));
    await context.route(assets, (route) => route.fulfill({ status: 404 }));
    await page.getByRole('link', { name: 'May I ship?' }).click();
    await page.getByRole('heading', { name: 'This page cannot be loaded' }).waitFor();
    expect(loads).toBe(1);
    await context.unroute(assets);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'May I ship this?' }).waitFor();
    await context.close();
  });

  it('is waited for while there is no connection', async () => {
    const { page } = await pages.visit('/');
    await pages.stopServer();
    await page.getByRole('link', { name: 'May I ship?' }).click();
    await page.getByRole('heading', { name: 'This page cannot be loaded now' }).waitFor();
    await pages.startServer();
    await page.getByRole('heading', { name: 'May I ship this?' }).waitFor();
    await page.context().close();
  });
});

describe('a panel that cannot be read for a moment', () => {
  it('is read again by itself', async () => {
    const context = await pages.context();
    await context.route('**/events?**', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"detail":"The views are behind."}' }), { times: 1 });
    const { page } = await pages.visit('/app/countries/AE', context);
    await page.getByText('Nothing is recorded yet.').waitFor();
    await context.close();
  });
});

describe('a new tab', () => {
  it('makes no other tab read everything anew', async () => {
    const context = await pages.context();
    const first = await pages.visit('/', context);
    await first.page.locator('.fresh.live').waitFor();
    let reads = 0;
    first.page.on('request', (request) => (reads += Number(request.url().includes('/v1/countries?'))));
    const second = await pages.visit('/', context);
    await second.page.locator('.fresh.live').waitFor();
    expect(reads).toBe(0);
    await context.close();
  });
});

describe('a moment that an address names', () => {
  it('is named where it is none, and the figures are those of now', async () => {
    const { page } = await pages.visit('/?asOf=2026-02-30');
    await page.getByText('asOf=2026-02-30 is no moment of the past').waitFor();
    await page.locator('.fresh.live').waitFor();
    await page.context().close();
  });
});
