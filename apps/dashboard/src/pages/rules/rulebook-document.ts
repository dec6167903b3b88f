/** What the page reads of a rulebook document. Old ones have less, so every part may be missing. */
export interface RulebookDocument {
  readonly note?: string;
  readonly allocations?: Allocations;
  readonly alerts?: { readonly watch: number; readonly critical: number; readonly exhausted: number; readonly hysteresis: number };
  readonly defaultGroup?: string;
  readonly groups?: readonly GroupEntry[];
  readonly routes?: Readonly<Record<string, Route>>;
  readonly policy?: {
    readonly holdDays: number;
    readonly reversalWindowDays: number;
    readonly readings?: Readonly<Record<string, Reading>>;
  };
}

interface Allocations {
  readonly perCountryTpp: number;
  readonly citation: string;
  readonly exceptions: readonly { readonly country: string; readonly tpp: number; readonly from?: string; readonly citation: string }[];
}

interface GroupEntry {
  readonly country: string;
  readonly group: string;
  readonly from?: string;
  readonly until?: string;
  readonly citation: string;
}

export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly citation: string;
}

export interface Route {
  readonly name: string;
  readonly enabled: boolean;
  readonly citation: string;
  readonly parameters: Readonly<Record<string, Figure>>;
  readonly obligations: readonly { readonly kind: string; readonly text: string; readonly citation: string }[];
  readonly ineligibleEccns?: readonly string[];
  readonly eligibleEccns?: readonly string[];
  readonly eligibleGroups?: readonly string[];
  readonly schedule?: readonly { readonly name: string; readonly from: string; readonly tpp: number; readonly citation: string }[];
}

export interface Reading {
  readonly value: string;
  readonly reason: string;
  readonly question?: string;
  readonly alternatives?: readonly string[];
  readonly citation?: string;
}

export interface GroupMember {
  readonly country: string;
  readonly from?: string;
  readonly until?: string;
}

/** Countries of one group for one reason. */
export interface GroupPart {
  readonly group: string;
  readonly citation: string;
  readonly members: readonly GroupMember[];
}

/** The countries that the document names, by group and by the source that puts them there; in the order of the document. */
export function groupParts({ groups = [] }: RulebookDocument): readonly GroupPart[] {
  const parts = new Map<string, { group: string; citation: string; members: GroupMember[] }>();
  for (const { group, citation, ...member } of groups) {
    const key = JSON.stringify([group, citation]);
    const part = parts.get(key) ?? { group, citation, members: [] };
    part.members.push(member);
    parts.set(key, part);
  }
  return [...parts.values()];
}

/** The order in which the ledger tries the routes, then the exceptions that a shipment asks for by name. */
export const routeOrder = ['aia', 'aca', 'nac', 'acm', 'uveu', 'nveu', 'lpp', 'licence'] as const;
export const namedRoutes = ['tmp', 'rpl', 'gov', 'tsu', 'hbm'] as const;

/** "filed-at-threshold" as words. */
export function asWords(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
