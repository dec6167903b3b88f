import { builtInRulebook, classifyItems, determine, fromTpp, type DeterminationPorts, type Shipment } from '#rulebook';
import type { ItemFacts } from '#rulebook';

const rounds = 7;
const perRound = 300_000;
const atMs = Date.parse('2026-06-15T12:00:00Z');

const rulebook = builtInRulebook();
const roomy: DeterminationPorts = { lines: () => null, companies: () => null };

/** What comes by the thousand, and what is dear. */
const cases: Readonly<Record<string, { readonly shipment: Shipment; readonly ports?: DeterminationPorts }>> = {
  'an allocation country, no consignee named': { shipment: shipment('AE') },
  'the same, with the lines of the ledger': { shipment: shipment('AE'), ports: roomy },
  'a partner country': { shipment: shipment('DE'), ports: roomy },
  'uncontrolled items': { shipment: shipment('IN', [{ chip: 'nvidia-h20', quantity: 9 }]), ports: roomy },
  'an embargoed country': { shipment: shipment('CN'), ports: roomy },
  'consignee and parent named, LPP': {
    shipment: {
      ...shipment('IN'),
      consignee: { name: 'Falcon Cloud', headquarters: 'IN', ultimateParent: { name: 'Falcon Holding', headquarters: 'IN' } },
    },
    ports: roomy,
  },
  'the same, shared with an operator': {
    shipment: {
      ...shipment('IN'),
      consignee: { name: 'Falcon US', headquarters: 'US', ultimateParent: { name: 'Falcon Inc', headquarters: 'US' } },
      facts: { operator: { name: 'Opera', headquarters: 'IN', ultimateParent: { name: 'Opera Group', headquarters: 'SG' } } },
    },
    ports: roomy,
  },
  'a validated end user, within its shares': {
    shipment: { ...shipment('IN'), consignee: { name: 'Nordic Cloud', headquarters: 'US' } },
    ports: {
      lines: () => null,
      companies: () => ({
        id: 'nordic-cloud', name: 'Nordic Cloud', headquarters: 'US', declaredMilliTpp: fromTpp(1_000_000_000),
        authorisations: [{ id: 'a', kind: 'uveu', country: null, fromMs: 0, untilMs: Infinity }],
      }),
    },
  },
  'facts of the supply chain, ACM': {
    shipment: {
      ...shipment('MY'),
      consignee: { name: 'Penang Assembly', headquarters: 'MY' },
      facts: { endUse: 'production', privateSector: true, customersOutsideD5: true },
    },
    ports: roomy,
  },
};

/** Microseconds that one determination takes, the best of the rounds of each kind of shipment. */
export function determineBench(): Promise<void> {
  process.stdout.write('\ndetermine, microseconds each (goal: 2 on the hot path)\n');
  for (const [name, { shipment: one, ports }] of Object.entries(cases)) {
    let best = Infinity;
    for (let round = 0; round < rounds; round += 1) best = Math.min(best, timed(one, ports));
    process.stdout.write(`  ${name.padEnd(44)} ${best.toFixed(2)}\n`);
  }
  return Promise.resolve();
}

function timed(one: Shipment, ports: DeterminationPorts | undefined): number {
  const start = performance.now();
  let applicable = 0;
  for (let index = 0; index < perRound; index += 1) {
    if (determine(rulebook, one, atMs + index, ports).refusal === null) applicable += 1;
  }
  if (applicable % perRound !== 0) throw new Error('The same shipment was judged in two ways.');
  return ((performance.now() - start) * 1000) / perRound;
}

function shipment(destination: string, items: readonly ItemFacts[] = [{ chip: 'nvidia-h100-sxm5', quantity: 8 }]): Shipment {
  const classified = classifyItems(rulebook, items);
  if (classified.problems) throw new Error(classified.problems[0]?.message);
  return { destination, items: classified.items };
}
