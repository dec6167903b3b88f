import { instantMs } from '../dates/instant.js';
import { dayOf } from './weights-dates.js';
import { usAiDiffusionWeights as rules } from './us-ai-diffusion-weights.js';

describe('the figures of ECCN 4E091', () => {
  it('are those of the text', () => {
    const { threshold, syntheticData, derivative, inForce, compliance, facilitySecurity } = rules;
    expect([threshold.operations, syntheticData.morePercent, derivative.operations, derivative.percent]).toEqual([
      1e26, 10, 2.5e25, 25,
    ]);
    expect([inForce, compliance, facilitySecurity].map(dayOf)).toEqual([
      '2025-01-13',
      '2025-05-15',
      '2026-01-15',
    ]);
  });

  it('have a citation wherever there is a figure, a date or a duty', () => {
    const uncited: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const names = Object.keys(value);
      const needs = ['from', 'operations', 'text', 'morePercent'].some((name) => names.includes(name));
      const has =
        names.some((name) => /citation/i.test(name)) || (path.includes('/entries/') && names.includes('reason'));
      if (needs && !has) uncited.push(path);
      for (const [name, each] of Object.entries(value)) visit(each, `${path}/${name}`);
    };
    visit(rules, '');
    expect(uncited).toEqual([]);
  });

  it('have a floor that rises, from the first day on', () => {
    const { entries } = rules.movingFloor;
    expect(entries[0]?.from).toBe(rules.inForce.from);
    for (const [index, { from, operations }] of entries.entries()) {
      const earlier = entries[index - 1];
      if (earlier === undefined) continue;
      expect(instantMs(from)).toBeGreaterThan(instantMs(earlier.from) ?? Infinity);
      expect(operations).toBeGreaterThan(earlier.operations);
    }
  });

  it('answer every open question with one of the alternatives, a reason and a citation', () => {
    for (const { value, alternatives, reason, citation } of Object.values(rules.readings)) {
      expect(alternatives).toContain(value);
      expect(reason).toMatch(/\.$/);
      expect(citation).toMatch(/CFR/);
    }
  });
});
