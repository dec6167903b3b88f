import type { Consignee } from '#rulebook';

// Every company here is invented.

export const exporters: readonly string[] = [
  'northlight-systems', 'meridian-compute', 'harbour-semiconductors', 'atlas-accelerators', 'blue-mesa-servers', 'cedar-integration',
];

const firstNames = ['Amber', 'Basalt', 'Cobalt', 'Delta', 'Ember', 'Fjord', 'Granite', 'Heron'] as const;
const lastNames = ['Cloud', 'Compute', 'Data Centres', 'Research', 'Telecom'] as const;

/** Unnamed parents, so no limit of a company comes into it. @param number from 0: which of the country's companies */
export function consigneeIn(country: string, number: number): Consignee {
  // Two letters give each country a mix of its own.
  const offset = country.charCodeAt(0) * 3 + country.charCodeAt(1);
  const first = firstNames[(offset + number * 3) % firstNames.length] ?? firstNames[0];
  const last = lastNames[(offset + number) % lastNames.length] ?? lastNames[0];
  return { name: `${first} ${last} ${country}`, country, headquarters: country };
}

/** Small buyers, whose shipments draw on the yearly limit of their ultimate parent. */
export const smallBuyers: readonly Consignee[] = [
  ['Lapwing Studios', 'BR'], ['Orchard Robotics', 'CH'], ['Pelican Health', 'SG'], ['Quarry Analytics', 'TR'],
  ['Saffron Genomics', 'MX'], ['Tideline Films', 'ZA'], ['Umbra Imaging', 'PL'], ['Verbena Labs', 'IL'],
].map(([name = '', country = '']) => ({
  name: `${name} Computing`, country, headquarters: country, ultimateParent: { name: `${name} Group`, headquarters: country },
}));

export interface ValidatedEndUser {
  readonly kind: 'nveu' | 'uveu';
  readonly name: string;
  readonly headquarters: string;
  /** Where its data centres are. */
  readonly countries: readonly string[];
  /** All that it owns, in TPP, of which the shares of a `uveu` are parts. */
  readonly declaredTpp?: number;
}

export const validatedEndUsers: readonly ValidatedEndUser[] = [
  { kind: 'nveu', name: 'Banyan National Compute', headquarters: 'IN', countries: ['IN'] },
  { kind: 'nveu', name: 'Condor Data Centres', headquarters: 'CL', countries: ['CL'] },
  { kind: 'uveu', name: 'Skylark Cloud', headquarters: 'GB', countries: ['BR', 'MY', 'ZA'], declaredTpp: 2_400_000_000 },
];
