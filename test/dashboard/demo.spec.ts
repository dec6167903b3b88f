import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemo } from '../../apps/cli/src/demo/run-demo.js';
import { axeFindings, PagesUnderTest, sidewaysPixels } from './pages-under-test.js';

const images = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../docs/images');
const addresses = ['/', '/app/glance', '/app/countries/IN', '/app/countries/IN?range=90&asOf=2026-07-01', '/app/countries/DE', '/app/lines', '/app/lines?kind=nveu', '/app/time?asOf=2026-07-01&from=2026-01-01', '/app/alerts?state=all', '/app/obligations', '/app/obligations?status=done', '/app/reports/lpp-shipments', '/app/reports/veu-semiannual'];

const pages = new PagesUnderTest();
let demo: Awaited<ReturnType<typeof startDemo>>;
beforeAll(async () => {
  const fail = (error: Error): never => {
    throw error;
  };
  demo = await startDemo({ port: 0, seed: 1, speed: 1 }, Date.parse('2026-12-01T12:00:00Z'), { onFatal: fail, explain: () => undefined, signal: new AbortController().signal });
  await pages.openAt(demo.url);
});
afterAll(async () => {
  await pages.close();
  await demo.close();
});

describe('the demo, where there is something to see everywhere', () => {
  it.each([320, 1000, 1280, 1440])('at %i pixels: readable for all, no errors, nothing sideways', async (width) => {
    const context = await pages.context({ width });
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

  it.each([
    ['overview', '/'],
    ['country', '/app/countries/IN'],
  ])('gives the picture of the %s; README shows it', async (name, address) => {
    const context = await pages.context({ width: 1280 });
    const { page } = await pages.visit(address, context);
    await page.locator('table.rows tbody tr').first().waitFor();
    await page.getByText('Open alerts').or(page.getByText(/^Left at position/)).first().waitFor();
    const picture = await page.screenshot({ animations: 'disabled' });
    expect(picture.length).toBeGreaterThan(30_000);
    if (process.env['UPDATE_PICTURES'] === '1') {
      mkdirSync(images, { recursive: true });
      writeFileSync(path.join(images, `${name}.png`), picture);
    }
    await context.close();
  });
});
