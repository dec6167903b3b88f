import { PagesUnderTest } from './pages-under-test.js';

const pages = new PagesUnderTest();
const figure = (text: string | null): number => Number((text ?? '').replace(/[^\d.]/g, ''));

interface Chip {
  readonly id: string;
  readonly vendor: string;
  readonly name: string;
  readonly tppPerUnit: number;
  readonly eccn: string;
  readonly level: string;
  readonly arithmetic: readonly { readonly text: string }[];
}

interface Document {
  readonly policy: { readonly readings: Readonly<Record<string, { readonly question: string; readonly reason: string }>> };
  readonly routes: Readonly<Record<string, { readonly name: string }>>;
}

const chipsNow = async (query = ''): Promise<readonly Chip[]> => (await pages.get<{ readonly items: readonly Chip[] }>(`/v1/chips${query}`)).items;

beforeAll(async () => {
  await pages.open();
});
afterAll(async () => {
  await pages.close();
});

describe('the rules', () => {
  it('has the caps, every reading with its reason, and the routes in the order of the ledger', async () => {
    const [book] = (await pages.get<{ readonly items: readonly { readonly id: string; readonly version: string }[] }>('/v1/rulebooks')).items;
    const { document } = await pages.get<{ readonly document: Document }>(`/v1/rulebooks/${book?.id}/${book?.version}`);
    const { page } = await pages.visit('/');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { name: 'Framework for Artificial Intelligence Diffusion' }).waitFor();
    const readings = await page.locator('.readings details').allTextContents();
    expect(readings.length).toBe(Object.keys(document.policy.readings).length);
    for (const [index, { question, reason }] of Object.values(document.policy.readings).entries()) {
      expect(readings[index]).toContain(question);
      expect(readings[index]).toContain(reason);
    }
    const response = await fetch(`${pages.origin}/v1/determinations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ destination: 'IN', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] }),
    });
    const { routesConsidered } = (await response.json()) as { readonly routesConsidered: readonly { readonly route: string }[] };
    const tried = routesConsidered.map(({ route }) => route).filter((route) => route !== 'none');
    expect(await page.locator('ol.routes .code').allTextContents()).toEqual(tried);
    expect(await page.locator('ol.routes b').allTextContents()).toEqual(tried.map((route) => document.routes[route]?.name));
    const [cap] = (await page.locator('[aria-labelledby=groups] li').first().textContent())?.match(/[\d\s\u2009]+(?= TPP each)/) ?? [];
    expect(figure(cap ?? '')).toBe(790_000_000);
    await page.context().close();
  });

  it('shows every chip of the API, filters by the address, and saves what it shows', async () => {
    const all = await chipsNow();
    const { page } = await pages.visit('/app/rules');
    await page.locator('table.chips tbody tr').first().waitFor();
    const shown = async (): Promise<readonly string[]> => {
      const [names, figures] = await Promise.all([page.locator('.c-name a').allTextContents(), page.locator('tbody .c-tppPerUnit').allTextContents()]);
      return names.map((name, index) => `${name} ${figure(figures[index] ?? '')}`).sort();
    };
    const rowOf = ({ vendor, name, tppPerUnit }: Chip): string => `${vendor} ${name} ${tppPerUnit}`;
    expect(await shown()).toEqual(all.map(rowOf).sort());
    await page.getByRole('button', { name: /^Level b/ }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('nvidia');
    expect(new URL(page.url()).search).toBe('?level=b&q=nvidia');
    const expected = all.filter(({ level, vendor }) => level === 'b' && vendor === 'NVIDIA');
    expect(expected.length).toBeGreaterThan(0);
    expect(await shown()).toEqual(expected.map(rowOf).sort());
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
    expect(lines.length).toBe(1 + expected.length);
    expect(lines.slice(1).map((line) => line.split(',')[0]).sort()).toEqual(expected.map(({ id }) => id).sort());
    await page.context().close();
  });

  it('names what an address asks for and there is not', async () => {
    const { page } = await pages.visit('/app/rules?level=z&vendor=Nobody');
    await page.getByText('The address asks for level=z, vendor=Nobody').waitFor();
    await page.goto(`${pages.origin}/app/rules?rulebook=us-ai-diffusion/1`);
    await page.getByRole('heading', { name: 'There is no such rulebook' }).waitFor();
    await page.context().close();
  });
});

describe('a chip', () => {
  it('has the arithmetic of the API, step by step', async () => {
    const chip = (await chipsNow('?q=nvidia-h100-sxm5'))[0];
    const { page } = await pages.visit('/app/rules/chips/nvidia-h100-sxm5');
    const steps = await page.locator('.sums li div').allTextContents();
    expect(steps.length).toBe(chip?.arithmetic.length);
    for (const [index, { text }] of (chip?.arithmetic ?? []).entries()) expect(steps[index]).toContain(text);
    expect(figure(await page.locator('.figures dd').first().textContent())).toBe(chip?.tppPerUnit);
    await page.context().close();
  });

  it('of an unknown die area is classified when that is said, in the address', async () => {
    const unknown = (await chipsNow('?level=unknown'))[0];
    const { page } = await pages.visit(`/app/rules/chips/${unknown?.id}`);
    await page.getByLabel(/^Die area/).fill('300');
    const answer = await pages.get<Chip>(`/v1/chips/${unknown?.id}?dieAreaMm2=300`);
    await page.locator('.figures dd', { hasText: answer.eccn }).first().waitFor();
    expect(new URL(page.url()).search).toBe('?dieAreaMm2=300');
    expect(answer.eccn).not.toBe('unknown');
    await page.getByLabel(/^Die area/).fill('big');
    await page.getByText('A die area is a number').waitFor();
    await page.context().close();
  });
});

describe('the calculator', () => {
  it('answers what the ledger would, keeps the form in the address, and hands its figures on', async () => {
    const { page } = await pages.visit('/app/rules/calculator');
    await page.getByLabel('The figures are').selectOption('mac');
    await page.getByLabel(/^Name/).fill('FP8');
    await page.getByLabel('MacTOPS').last().fill('989.5');
    await page.getByLabel('Bits').fill('8');
    await page.getByLabel(/^Processing units/).fill('2');
    await page.getByLabel(/^Die area/).fill('814');
    const [expected] = await chipsNow('?formats=FP8:1979:8&units=2&dieAreaMm2=814&datacenter=true');
    const answer = page.getByRole('region', { name: 'Answer' });
    await answer.getByRole('heading', { name: /31.664 TPP, 3A090\.a/ }).waitFor();
    expect(expected?.tppPerUnit).toBe(31_664);
    const steps = await page.locator('.sums li div').allTextContents();
    for (const [index, { text }] of (expected?.arithmetic ?? []).entries()) expect(steps[index]).toContain(text);
    const address = page.url();
    await page.reload();
    await answer.getByRole('heading', { name: /31.664 TPP, 3A090\.a/ }).waitFor();
    expect(page.url()).toBe(address);
    await answer.getByRole('link', { name: 'May I ship it?' }).click();
    await page.waitForURL('**/app/may-i-ship?eccn=3A090.a&tpp=31664');
    expect(await page.getByLabel(/^TPP of one/).inputValue()).toBe('31664');
    await page.context().close();
  });

  it('names what is wrong and keeps what was typed', async () => {
    const { page, faults } = await pages.visit('/app/rules/calculator?formats=FP8:1979:8');
    await page.getByLabel('Bits').fill('eight');
    await page.getByText('eight is no bit length').waitFor();
    expect(await page.getByLabel('Bits').inputValue()).toBe('eight');
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
