import { PagesUnderTest } from './pages-under-test.js';

/** What is measured for an hour elsewhere takes ten minutes in the long tests. */
const minutes = 10;
const growthMax = 1.1;
const reservationMs = 100;

const long = process.env['LONG'] ? describe : describe.skip;

long('the overview, open for a long time', () => {
  const pages = new PagesUnderTest();
  beforeAll(() => pages.open());
  afterAll(() => pages.close());

  it(`takes at most ${growthMax} x the memory that it took after two minutes`, async () => {
    const { page } = await pages.visit('/');
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    };
    let atMinuteTwo = 0;
    const startedAt = performance.now();
    for (let count = 0; performance.now() - startedAt < minutes * 60_000; count += 1) {
      await pages.post('/v1/reservations', `heap-${count}-key`, { destination: ['AE', 'IN', 'SA', 'SG'][count % 4], exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] });
      await new Promise((resolve) => setTimeout(resolve, reservationMs));
      if (atMinuteTwo === 0 && performance.now() - startedAt > 2 * 60_000) atMinuteTwo = await heap();
    }
    expect(await heap()).toBeLessThanOrEqual(growthMax * atMinuteTwo);
    await page.context().close();
  });
});
