import { timeAfter } from './clock.js';

const now = '2026-12-01T12:00:00.000Z';

it("goes as the ledger's clock does, in a demo as fast as that", () => {
  expect(new Date(timeAfter({ now, demo: null }, 1_500)).toISOString()).toBe('2026-12-01T12:00:01.500Z');
  expect(new Date(timeAfter({ now, demo: { speed: 3_600, seed: 1 } }, 24_000)).toISOString()).toBe('2026-12-02T12:00:00.000Z');
});
