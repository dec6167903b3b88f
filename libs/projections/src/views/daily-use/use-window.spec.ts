import { dayNumber, dayOfNumber, UseWindow, windowUpTo, type UseDay } from './use-window.js';

describe('the window of a forecast', () => {
  it('holds what a sum over its 90 days holds, however days come', () => {
    let state = 7;
    const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    const window = new UseWindow();
    const all: UseDay[] = [];
    let newest = dayNumber('2025-12-01');
    for (let step = 0; step < 2_000; step += 1) {
      newest += random(10) === 0 ? random(40) : 0;
      const number = newest - (random(4) === 0 ? random(120) : 0);
      const milliTpp = random(1_000) - 200;
      window.advance(newest);
      window.add(number, milliTpp, 1);
      const day = dayOfNumber(number);
      const known = all.find((use) => use.day === day);
      if (known) all.splice(all.indexOf(known), 1);
      all.push({ day, milliTpp: milliTpp + (known?.milliTpp ?? 0), debits: 1 + (known?.debits ?? 0) });
      const { days, debits } = windowUpTo(newest, all);
      expect([window.milliTpp, window.debits]).toEqual([days.reduce((sum, each) => sum + each, 0), debits]);
    }
  });
});
