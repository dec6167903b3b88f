import { builtInRulebook } from '../document/built-in-rulebook.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { ClassifiedItem, Determined, RouteName, Shipment } from '../determination.js';
import type { Consignee, Party } from '../consignee.js';
import { classifyItems } from '../items/classify-items.js';
import type { ItemFacts } from '../items/classify-item.js';
import type { CircuitFacts } from '../items/computer-unit.js';
import { fromTpp, milliTpp, noTpp, toTpp } from '../milli-tpp.js';

import { determine } from '../routes/determine.js';
import type { DeterminationPorts, RegisteredCompany } from '../routes/ports.js';

/** A row of `shipments-by-hand.txt`: a shipment in words, and what the text makes of it. */
export interface ShipmentRow {
  readonly line: number;
  readonly paragraph: string;
  readonly shipment: string;
  readonly outcome: string;
}

/** The rows of the table; `#` begins a comment, columns are `paragraph | shipment | outcome`. */
export function parseTable(text: string): readonly ShipmentRow[] {
  return text.split('\n').flatMap((row, index): ShipmentRow[] => {
    if (row.trim() === '' || row.startsWith('#')) return [];
    const [paragraph, shipment, outcome, ...rest] = row.split('|').map((cell) => cell.trim());
    if (paragraph === undefined || shipment === undefined || outcome === undefined || rest.length > 0) {
      throw new Error(`Row ${index + 1} has not three columns: ${row}`);
    }
    return [{ line: index + 1, paragraph, shipment, outcome }];
  });
}

interface Told {
  atMs: number;
  destination: string;
  items: ItemFacts[];
  consignee: Consignee | undefined;
  route: RouteName | undefined;
  facts: Record<string, unknown>;
  left: Record<string, number>;
  companies: RegisteredCompany[];
  isLined: boolean;
}

/** What the rulebook says, in the words of the outcome column. */
export function outcomeOf(shipment: string, rulebook: CompiledRulebook = builtInRulebook()): string {
  const told = tell(shipment);
  const { items, problems } = classifyItems(rulebook, told.items);
  if (problems !== undefined) return `problem ${problems[0]?.problem ?? ''}`;
  return wordsOf(determine(rulebook, shipmentOf(told, items), told.atMs, portsOf(told)), told);
}

function shipmentOf({ destination, consignee, route, facts }: Told, items: readonly ClassifiedItem[]): Shipment {
  return {
    destination,
    items,
    ...(consignee && { consignee }),
    ...(route && { route }),
    ...(Object.keys(facts).length > 0 && { facts }),
  };
}

function portsOf({ left, companies, isLined }: Told): DeterminationPorts {
  const key = (line: string, scope: string | undefined): string => (scope === undefined ? line : `${line}/${scope}`);
  return {
    ...(isLined && {
      lines: (line, _atMs, scope) => {
        const tpp = left[key(line, scope)];
        return tpp === undefined ? null : fromTpp(tpp);
      },
    }),
    ...(companies.length > 0 && {
      companies: (party) => companies.find(({ name }) => name === party.name) ?? null,
    }),
  };
}

function wordsOf(found: Determined, { destination, route }: Told): string {
  if (found.contradictions.length > 0) return 'contradictory';
  if (found.refusal !== null) {
    const { code, reasons } = found.refusal;
    return code === 'no-allocation' ? code : `${code}: ${reasons.map((reason) => reason.code).join(', ')}`;
  }
  const debit = found.debitedMilliTpp > 0 ? ` debits ${toTpp(found.debitedMilliTpp)}` : '';
  const line = found.line === `country:${destination}` ? '' : ` on ${found.line}`;
  const chosen = found.routesConsidered.find((each) => each.route === found.route);
  const beyond = route !== undefined && chosen?.applicable === false ? ' (its line refuses)' : '';
  return `${found.route}${debit}${line}${beyond}`;
}

/**
 * Words of a shipment, in any order: `10xnvidia-b200`, `3x4A090.a@20919.2` (declared, TPP of one),
 * `1x@3000/500` (TPP and die area; `,consumer`: not for datacentres), `2x8*@3000/500+1*@600` (computers of such circuits),
 * `->AE`, `on 2026-03-01`,
 * `to AE/US<CN` (consignee in AE, headquartered in US, parent in CN), `as lpp` (asked for), `fact=value`,
 * `operator=Opera/IN<US` (headquartered in IN, its parent `Mother` in US), `left:lpp:parent:2026=5` (what a line has left), `uveu:AE,1000` and `nveu:AE,SA` (the consignee is authorised).
 */
function tell(shipment: string): Told {
  const told: Told = {
    atMs: Date.parse('2026-03-01T00:00:00Z'), destination: '', items: [], consignee: undefined, route: undefined,
    facts: {}, left: {}, companies: [], isLined: false,
  };
  const words = shipment.split(/\s+/);
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as string;
    const next = (): string => words[(index += 1)] ?? '';
    if (word === 'on') told.atMs = Date.parse(`${next()}T00:00:00Z`);
    else if (word === 'to') told.consignee = consigneeOf(next());
    else if (word === 'as') told.route = next() as RouteName;
    else tellWord(told, word);
  }
  return told;
}

function tellWord(told: Told, word: string): void {
  const [, quantity, what] = /^(\d+)x(.+)$/.exec(word) ?? [];
  const [, name, value] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (word.startsWith('->')) told.destination = word.slice(2);
  else if (word === 'lines') told.isLined = true;
  else if (/^[un]veu:/.test(word)) told.companies.push(companyOf(word));
  else if (quantity !== undefined && what !== undefined) told.items.push(itemOf(Number(quantity), what));
  else if (name?.startsWith('left:') && value !== undefined) {
    told.left[name.slice('left:'.length)] = Number(value);
    told.isLined = true;
  } else if (name !== undefined && value !== undefined) told.facts[name] = valueOf(name, value);
  else throw new Error(`What is '${word}'?`);
}

function valueOf(name: string, value: string): unknown {
  if (name === 'operator') {
    const [self = '', parent] = value.split('<');
    const [party, headquarters] = self.split('/');
    const ultimateParent = parent === undefined ? {} : { ultimateParent: { name: 'Mother', headquarters: parent } };
    return { name: party, headquarters, ...ultimateParent };
  }
  if (value === 'true' || value === 'false') return value === 'true';
  return /^[\d.]+$/.test(value) ? Number(value) : value;
}

function itemOf(quantity: number, what: string): ItemFacts {
  if (what.includes('*')) return { description: 'computer', quantity, circuits: what.split('+').map(circuitOf) };
  const [kind = '', figures] = what.split('@');
  if (figures === undefined) return { chip: kind, quantity };
  const [measures = '', market] = figures.split(',');
  const [tpp, area] = measures.split('/').map(Number);
  return {
    description: 'described',
    quantity,
    milliTppPerUnit: fromTpp(tpp ?? 0),
    ...(kind !== '' && { eccn: kind }),
    ...(area !== undefined && { dieAreaMm2: area }),
    ...(market === 'consumer' && { datacenter: false }),
  };
}

function circuitOf(text: string): CircuitFacts {
  const [quantity, figures = ''] = text.split('*');
  const { milliTppPerUnit = noTpp, dieAreaMm2, datacenter } = itemOf(Number(quantity), figures);
  return {
    quantity: Number(quantity),
    milliTppPerUnit,
    ...(dieAreaMm2 !== undefined && { dieAreaMm2 }),
    ...(datacenter !== undefined && { datacenter }),
  };
}

function consigneeOf(word: string): Consignee {
  const [self = '', parent] = word.split('<');
  const party = (name: string, text: string): Party => {
    const [country = '', headquarters] = text.split('/');
    if (headquarters === undefined) return { name, headquarters: country };
    return country === '' ? { name, headquarters } : { name, country, headquarters };
  };
  const consignee = party('Falcon', self.includes('/') ? self : `${self}/${self}`);
  return parent === undefined ? consignee : { ...consignee, ultimateParent: party('Parent', parent) };
}

function companyOf(word: string): RegisteredCompany {
  const [kind = '', rest = ''] = word.split(':');
  const [headquarters = '', detail = ''] = rest.split(',');
  const isUveu = kind === 'uveu';
  return {
    id: 'falcon',
    name: 'Falcon',
    headquarters,
    declaredMilliTpp: isUveu && detail !== '' ? milliTpp(Number(detail) * 1000) : null,
    authorisations: [
      {
        id: 'a1', kind: isUveu ? 'uveu' : 'nveu', country: isUveu ? null : detail,
        fromMs: Date.parse('2025-06-01T00:00:00Z'), untilMs: Infinity,
      },
    ],
  };
}
