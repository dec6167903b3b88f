import { writeFileSync } from 'node:fs';
import { builtInRulebook } from '#rulebook';

/**
 * Writes docs/examples/since-2015.rulebook.json: the built-in rulebook with the period starting in 2015.
 * Run from the root of the repository after a build: node dist/scripts/since-2015-rulebook.js
 */
const { document } = builtInRulebook();
const since2015 = {
  ...document,
  version: `${document.version}-since-2015`,
  title: `${document.title}, played from 2015 (a scenario)`,
  note: 'A scenario, not the law: the same rules, in force and with the period starting on 1 January 2015.',
  period: {
    ...document.period,
    start: '2015-01-01T00:00:00Z',
    citation: 'Scenario: the regulation counts from 2025, 15 CFR 742.6(b)(10)(iii)(B)(1)',
  },
  inForce: { from: '2015-01-01T00:00:00Z', citation: 'Scenario: the rule took effect on 13 January 2025' },
};
writeFileSync('docs/examples/since-2015.rulebook.json', `${JSON.stringify(since2015, null, 2)}\n`);
