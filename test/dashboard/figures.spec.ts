import type { Page } from 'playwright-core';
import { PagesUnderTest } from './pages-under-test.js';

/** Histories: a sample in `npm test`, the series in `npm run test:long`. */
const histories = process.env['LONG'] ? 25 : 2;
const steps = 40;
const destinations = ['AE', 'IN', 'SA', 'SG', 'DE', 'TH'];

interface View {
  readonly country: string;
  readonly status: string;
  readonly allocation: number | null;
  readonly exported: number;
  readonly reserved: number;
  readonly available: number | null;
  readonly utilization: number | null;
  readonly pace: number | null;
  readonly burnPerDay: { readonly d90: number };
  readonly openReservations: number;
  readonly exports: number;
  readonly refusals: number;
}

const pages = new PagesUnderTest();
beforeAll(() => pages.open());
afterAll(() => pages.close());

/** Park and Miller: the same numbers for a seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

const held: { readonly id: string }[] = [];
let keys = 0;

/** Reserves, exports in part or at once, releases and asks for too much, at random. */
async function live(random: (below: number) => number): Promise<void> {
  const send = async (path: string, body: object): Promise<{ readonly id?: string }> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `figures-${(keys += 1)}-key` };
    return (await (await fetch(`${pages.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as { readonly id?: string };
  };
  for (let step = 0; step < steps; step += 1) {
    const destination = destinations[random(destinations.length)];
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: 1 + random(random(8) === 0 ? 60_000 : 2_000) }];
    const of = held[random(Math.max(1, held.length))];
    const kind = random(4);
    if (kind === 0 || of === undefined) {
      const { id } = await send('/v1/reservations', { destination, exporter: 'acme-semi', items });
      if (id !== undefined) held.push({ id });
    } else if (kind === 1) await send('/v1/exports', { destination, exporter: 'acme-semi', exportedAt: `2026-1${random(2)}-0${1 + random(9)}T00:00:00Z`, items });
    else if (kind === 2) await send(`/v1/reservations/${of.id}/exports`, { tpp: 15_832 * (1 + random(20)), exportedAt: '2026-11-05T00:00:00Z' });
    else await send(`/v1/reservations/${of.id}/release`, {});
  }
}

const figure = (text: string | null | undefined): number => Number((text ?? '').replace('−', '-').replace(/[^\d.-]/g, ''));
const shown = (value: number | null): number | string => value ?? 'none';

async function overviewRows(page: Page): Promise<Readonly<Record<string, readonly (number | string)[]>>> {
  const rows = await page.evaluate<readonly (readonly string[])[]>(
    `[...document.querySelectorAll('table.rows tbody tr')].map((row) => ['.code', '.c-status', '.c-allocation', '.c-exported', '.c-reserved', '.c-available', '.c-pace', '.c-burn'].map((cell) => row.querySelector(cell).textContent))`,
  );
  const amount = (text: string | undefined): number | string => (text === 'no cap' || text === '–' ? 'none' : figure(text));
  return Object.fromEntries(rows.map(([code = '', status = '', ...amounts]) => [code, [status.toLowerCase(), ...amounts.map(amount)]]));
}

describe('every figure of a page', () => {
  it.each(Array.from({ length: histories }, (_, index) => 4544 + index))("is the API's at that position, after the random history %i", async (seed) => {
    await live(randomNumbers(seed));
    const { countries } = await pages.get<{ readonly countries: readonly View[] }>('/v1/countries?include=forecast');
    const used = countries.filter(({ country }) => destinations.includes(country));
    const { page } = await pages.visit('/?columns=pace,burn,allocation,exported,reserved&show=all&q=');
    await page.getByRole('button', { name: /^Show all/ }).click();
    const rows = await overviewRows(page);
    for (const { country, status, allocation, exported, reserved, available, pace, burnPerDay } of used) {
      const paceShown = pace === null ? 'none' : Number(pace.toFixed(2));
      expect([country, ...(rows[country] ?? [])]).toEqual([country, status.replace('-', ' '), shown(allocation), exported, reserved, shown(available), paceShown, Math.round(burnPerDay.d90)]);
    }
    await page.context().close();
    for (const view of used.slice(0, 3)) {
      const { page: country } = await pages.visit(`/app/countries/${view.country}`);
      const figures = (await country.locator('.figures .why').allTextContents()).map((text) => (text === 'none' ? text : figure(text)));
      expect([view.country, ...figures]).toEqual([view.country, shown(view.available), view.exported, view.reserved, shown(view.allocation)]);
      const notes = (await country.locator('.figures .note').allTextContents()).join(' ');
      for (const count of [`${view.exports} export`, `${view.openReservations} reservation`]) expect(notes).toContain(count);
      if (view.available !== null) expect(notes).toContain(`${view.refusals} request`);
      await country.context().close();
    }
  });
});
