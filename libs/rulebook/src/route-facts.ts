import { isCountry } from './countries/countries.js';
import type { Consignee } from './consignee.js';
import { instantMs } from './dates/instant.js';
import { isTpp } from './milli-tpp.js';

/** What a shipment may state besides items and parties, because a single route asks for it. All optional. */
export interface RouteFacts {
  /** Stays within the destination: a transfer (in-country), no export or reexport. Left out: false. */
  readonly inCountryTransfer?: boolean;
  /**
   * The items are subject to the EAR: made or located in the United States, of its origin, or foreign-made and a direct
   * product by 734.9(h). False: the framework does not reach them. Left out: true.
   */
  readonly subjectToEar?: boolean;
  /** The items are for an end use or end user that part 744 prohibits: bars every route. Left out: false. */
  readonly prohibitedEndUse?: boolean;
  /** AIA, VEU: the items will train models of ECCN 4E091 for entities, or VEU in places, outside of partner countries. */
  readonly trainsWeightsForOutsiders?: boolean;
  /** ACM: what the items are for: the development or production of eligible items, or their storage before export. */
  readonly endUse?: 'development' | 'production' | 'storage' | 'other';
  /** ACM: the consignee is an individual or firm that no government owns or controls, the home country's aside. */
  readonly privateSector?: boolean;
  /** ACM: a government other than the home country's owns or controls the consignee. */
  readonly governmentOwned?: boolean;
  /** The items end with customers outside of Macau and Country Group D:5. ACM needs it; false bars more than ACM. */
  readonly customersOutsideD5?: boolean;
  /** NAC: when the notification was given, RFC 3339. */
  readonly noticeGivenAt?: string;
  /** NAC: destined for a computing cluster; then `clusterTpp` too. */
  readonly cluster?: boolean;
  /** NAC: the TPP of the whole cluster once it is complete. */
  readonly clusterTpp?: number;
  /** NAC: memory bandwidth of the item, GB/s. */
  readonly memoryBandwidthGBs?: number;
  /**
   * Who operates the items, if not the consignee: tested like the consignee everywhere. Under LPP the items are applied
   * to the limit of its ultimate parent, or its own where it names none; a VEU's operator needs its own authorisation.
   */
  readonly operator?: Consignee;
  /** VEU: between authorised sites of the same VEU. */
  readonly betweenVeuSites?: boolean;
  /** UVEU: for a data centre in a location not yet listed; then `siteNoticeGivenAt` too. */
  readonly newDataCenter?: boolean;
  /** UVEU: when the notice of the new location was given, RFC 3339. */
  readonly siteNoticeGivenAt?: string;
  /** TMP, RPL, GOV, TSU, HBM: the shipment meets every condition of the paragraph of the exception that it asks for. */
  readonly exceptionConditionsMet?: boolean;
}

/** What is wrong with one fact. `member` is its name; empty for `facts` as a whole. */
export interface RouteFactProblem {
  readonly member: string;
  readonly message: string;
}

interface Form {
  readonly words: string;
  readonly holds: (value: unknown) => boolean;
}

const flag: Form = { words: 'true or false', holds: (value) => typeof value === 'boolean' };
const instant: Form = {
  words: 'an RFC 3339 date-time such as 2026-01-15T00:00:00Z',
  holds: (value) => typeof value === 'string' && instantMs(value) !== undefined,
};
const positive: Form = {
  words: 'a number above 0',
  holds: (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
};

const forms: Readonly<Record<keyof RouteFacts, Form>> = {
  inCountryTransfer: flag,
  subjectToEar: flag,
  prohibitedEndUse: flag,
  trainsWeightsForOutsiders: flag,
  endUse: {
    words: 'one of development, production, storage, other',
    holds: (value) => ['development', 'production', 'storage', 'other'].includes(value as string),
  },
  privateSector: flag,
  governmentOwned: flag,
  customersOutsideD5: flag,
  noticeGivenAt: instant,
  cluster: flag,
  clusterTpp: {
    words: 'an amount of TPP with at most three decimals',
    holds: (value) => typeof value === 'number' && isTpp(value),
  },
  memoryBandwidthGBs: positive,
  operator: {
    words: 'a party: name, country and headquarters as ISO 3166-1 codes, and ultimateParent, a party without one',
    holds: isCompany,
  },
  betweenVeuSites: flag,
  newDataCenter: flag,
  siteNoticeGivenAt: instant,
  exceptionConditionsMet: flag,
};

/** The names of all facts, for people and schemas. */
export const routeFactNames = Object.keys(forms) as readonly (keyof RouteFacts)[];

/** What is wrong with stated facts: unknown names, and values of another form than the name asks for. */
export function checkRouteFacts(facts: unknown): readonly RouteFactProblem[] {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
    return [{ member: '', message: 'Facts are an object of names and values.' }];
  }
  const problems: RouteFactProblem[] = [];
  for (const [member, value] of Object.entries(facts)) {
    const form = Object.hasOwn(forms, member) ? forms[member as keyof RouteFacts] : undefined;
    if (form === undefined) {
      problems.push({ member, message: `No route asks for '${member}'. Known are ${routeFactNames.join(', ')}.` });
    } else if (!form.holds(value)) {
      problems.push({ member, message: `${member} is ${form.words}.` });
    }
  }
  return problems;
}

/** The fact if it has its form, else undefined: a determination never throws. */
export function factOf<Name extends keyof RouteFacts>(
  facts: RouteFacts | undefined,
  name: Name,
): RouteFacts[Name] | undefined {
  const value = facts?.[name];
  return value !== undefined && forms[name].holds(value) ? value : undefined;
}

/** No rest of an object is built: every determination with an operator asks. */
function isCompany(value: unknown): boolean {
  return isParty(value, true) && (value.ultimateParent === undefined || isParty(value.ultimateParent, false));
}

interface AnyParty {
  readonly name?: unknown;
  readonly country?: unknown;
  readonly headquarters?: unknown;
  readonly ultimateParent?: unknown;
}

function isParty(value: unknown, mayHaveParent: boolean): value is AnyParty {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const member in value) {
    const isKnown = member === 'name' || member === 'country' || member === 'headquarters';
    if (!isKnown && !(mayHaveParent && member === 'ultimateParent')) return false;
  }
  const { name, country, headquarters }: AnyParty = value;
  return typeof name === 'string' && name.trim() !== '' && isPlace(country) && isPlace(headquarters);
}

function isPlace(code: unknown): boolean {
  return code === undefined || (typeof code === 'string' && isCountry(code));
}
