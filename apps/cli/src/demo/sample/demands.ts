/** How the invented demand of a country with an allocation grows. */
export interface Demand {
  readonly country: string;
  /** What is wanted when the history ends, as a share of the cap; above 1: more than there is. */
  readonly share: number;
  /** Requests a month. */
  readonly perMonth: number;
  /** 1: even; above 1: slow at first; below 1: quick at first. */
  readonly bend: number;
}

const rows: readonly (readonly [country: string, share: number, perMonth: number, bend: number])[] = [
  ['AE', 1.3, 6, 0.9], ['MY', 1.14, 5, 1.2], ['QA', 1.05, 4, 1.5],
  ['IN', 0.955, 6, 1], ['SA', 0.93, 5, 1.4], ['BR', 0.915, 4, 1.1],
  ['SG', 0.865, 5, 0.8], ['TR', 0.845, 4, 1.3], ['ID', 0.825, 4, 1.6],
  ['IL', 0.796, 5, 1], ['VN', 0.7, 3, 1.3], ['MX', 0.66, 3, 1], ['PT', 0.58, 2, 2], ['TH', 0.55, 3, 0.8],
  ['CH', 0.5, 3, 0.7], ['CL', 0.43, 2, 1.2], ['ZA', 0.38, 2, 1], ['PL', 0.36, 3, 1], ['KZ', 0.35, 2, 1.5],
  ['GR', 0.3, 2, 1], ['IS', 0.28, 2, 0.8], ['KW', 0.25, 2, 1.2], ['CZ', 0.22, 1, 1], ['AT', 0.2, 1, 1],
  ['OM', 0.18, 1, 1.8], ['PH', 0.16, 1, 1], ['KE', 0.12, 1, 1.4], ['HU', 0.11, 1, 1], ['MA', 0.09, 1, 1],
  ['AR', 0.08, 1, 1], ['EG', 0.07, 1, 1], ['LU', 0.07, 1, 1], ['RO', 0.06, 1, 1], ['UY', 0.05, 1, 1],
  ['NG', 0.03, 1, 1], ['BG', 0.03, 1, 1], ['PK', 0.02, 1, 1], ['GE', 0.015, 1, 1],
];

export const demands: readonly Demand[] = rows.map(([country, share, perMonth, bend]) => ({ country, share, perMonth, bend }));

/** Countries without a cap that are shipped to, and how many requests a month they make. */
export const partners: readonly (readonly [country: string, perMonth: number])[] = [
  ['JP', 3], ['DE', 2], ['GB', 2], ['FR', 2], ['KR', 2], ['TW', 2], ['CA', 1], ['NO', 1], ['AU', 1], ['NL', 1], ['ES', 1], ['IT', 1],
];

/** Destinations to which nothing may go. */
export const embargoed: readonly string[] = ['CN', 'CN', 'CN', 'RU', 'RU', 'IR', 'BY', 'VE', 'MM', 'MO'];

/** Chips that are asked for, the usual ones several times. */
export const chipsWanted: readonly string[] = [
  'nvidia-h100-sxm5', 'nvidia-h100-sxm5', 'nvidia-h200-sxm', 'nvidia-h200-sxm', 'nvidia-h200-sxm', 'nvidia-b200', 'nvidia-b200', 'nvidia-b300',
  'nvidia-gb200', 'nvidia-gb300', 'amd-mi300x', 'amd-mi325x', 'intel-gaudi-3', 'nvidia-l40s', 'nvidia-h20',
];

/** Chips that no destination without an allocation gets. */
export const controlledEverywhere: readonly string[] = ['nvidia-h100-sxm5', 'nvidia-h200-sxm', 'nvidia-b200'];
