import { dutyPeriods, type DutyPeriod } from '#rulebook';
import { dayOf } from '../lines/lines.js';
import { holderOf, ownerOf, type ObligationRow } from '../obligations/obligations.js';
import { itemsOf } from './acm-accounts.js';
import { tppOf, type Report, type ReportFilter, type ReportRow, type ReportShipment, type ReportSource } from './report.js';
import { grouped, isParty } from './report-filter.js';

/** What each VEU received in each half-year, with the days, and what it has of it at the end. */
export const veuSemiannual: Report = {
  name: 'veu-semiannual',
  title: 'Semi-annual report of a Data Center VEU: inventory of what it received, and when',
  citation: '15 CFR 748.15(f)(1)(ii) and (iii)',
  parameters: ['party', 'country', 'year'],
  columns: [
    'companyId', 'company', 'line', 'country', 'periodFrom', 'periodTo', 'item', 'eccn', 'quantityReceived', 'tppReceived',
    'receivedOn', 'inventoryQuantity', 'inventoryTpp', 'dueAt', 'status',
  ],
  rows: (source, filter) =>
    byFacility(source, filter, 'veu-report', ({ head, period, shipments, obligation }) => {
      const present = shipments.filter((each) => arrivedBefore(each, period.untilMs) && !leftBefore(each, period.untilMs));
      const inPeriod = new Set(shipments.filter((each) => isWithin(each, period)));
      return itemsOf([...new Set([...inPeriod, ...present])]).map(({ item, eccn }) => {
        const of = (some: Iterable<ReportShipment>) => itemsOf([...some]).find((each) => each.item === item && each.eccn === eccn);
        const [received, inventory] = [of(inPeriod), of(present)];
        const days = [...inPeriod]
          .filter(({ event }) => event.items.some((part) => (part.chip ?? part.description) === item && part.eccn === eccn))
          .map(({ shipment }) => dayOf(shipment.atMs));
        return {
          ...head,
          item,
          eccn,
          quantityReceived: received?.units ?? 0,
          tppReceived: tppOf(received?.milliTpp ?? 0),
          receivedOn: [...new Set(days)].sort().join(' '),
          inventoryQuantity: inventory?.units ?? 0,
          inventoryTpp: tppOf(inventory?.milliTpp ?? 0),
          dueAt: obligation.dueAt,
          status: obligation.status,
        };
      });
    }),
};

/** The chip accounting of each VEU by line and country: approved, received, returned, lost, installed. */
export const veuChipAccounting: Report = {
  name: 'veu-chip-accounting',
  title: 'Chip accounting of a Data Center VEU: approved, received, attrition and installed',
  citation: '15 CFR Part 748, Supplement No. 10, paragraph 10',
  parameters: ['party', 'country', 'year'],
  columns: [
    'companyId', 'company', 'line', 'country', 'periodFrom', 'periodTo', 'quantityInPeriod', 'tppInPeriod', 'quantityReceived',
    'tppReceived', 'tppReturned', 'attritionTpp', 'attritionCauses', 'tppInstalled', 'lineApprovedTpp', 'dueAt', 'status',
  ],
  rows: (source, filter) =>
    byFacility(source, filter, 'veu-chip-accounting', ({ head, period, shipments, obligation }) => {
      const sum = (some: readonly ReportShipment[]) => {
        const items = itemsOf(some);
        return { units: items.reduce((a, b) => a + b.units, 0), milliTpp: items.reduce((a, b) => a + b.milliTpp, 0) };
      };
      const received = sum(shipments.filter((each) => arrivedBefore(each, period.untilMs)));
      const inPeriod = sum(shipments.filter((each) => isWithin(each, period)));
      const returned = sum(shipments.filter((each) => leftBefore(each, period.untilMs)));
      const lost = source.attritions(head.line).filter(({ occurredAt }) => Date.parse(occurredAt) < period.untilMs);
      const lostMilliTpp = lost.reduce((all, { milliTpp }) => all + milliTpp, 0);
      const day = dayOf(Math.min(period.untilMs - 1, source.nowMs));
      return [
        {
          ...head,
          quantityInPeriod: inPeriod.units,
          tppInPeriod: tppOf(inPeriod.milliTpp),
          quantityReceived: received.units,
          tppReceived: tppOf(received.milliTpp),
          tppReturned: tppOf(returned.milliTpp),
          attritionTpp: tppOf(lostMilliTpp),
          attritionCauses: [...new Set(lost.map(({ cause }) => cause))].sort().join(' '),
          tppInstalled: tppOf(received.milliTpp - returned.milliTpp - lostMilliTpp),
          lineApprovedTpp: tppOf(source.balanceOn(head.line, day)?.reserved ?? 0),
          dueAt: obligation.dueAt,
          status: obligation.status,
        },
      ];
    }),
};

interface Facility {
  readonly head: {
    readonly companyId: string;
    readonly company: string;
    readonly line: string;
    readonly country: string;
    readonly periodFrom: string;
    readonly periodTo: string;
  };
  readonly period: DutyPeriod;
  /** Everything that was ever sent there and stands. */
  readonly shipments: readonly ReportShipment[];
  readonly obligation: Pick<ObligationRow, 'dueAt' | 'status'>;
}

/** The rows of each line and country, for every period of the duty since the company's first shipment. */
async function byFacility(
  source: ReportSource,
  filter: ReportFilter,
  kind: string,
  rowsOf: (facility: Facility) => readonly ReportRow[],
): Promise<readonly ReportRow[]> {
  const all = [...(await source.shipments('uveu')), ...(await source.shipments('nveu'))];
  const companies = grouped(
    all,
    ({ event, line }) => `${event.route} ${holderOf(line) ?? ''}`,
    (): ReportShipment[] => [],
    (group, shipment) => group.push(shipment),
  );
  return companies.flatMap((shipments) => {
    const first = shipments.reduce((a, b) => (b.shipment.atMs < a.shipment.atMs ? b : a));
    const company = ownerOf('veu', first.shipment);
    const due = first.route?.dueOf(kind);
    if (due?.when !== 'yearly' || !isParty(filter, company)) return [];
    const facilities = grouped(
      shipments.filter(({ event }) => filter.country === undefined || filter.country === event.destination),
      ({ line, event }) => `${line} ${event.destination}`,
      (): ReportShipment[] => [],
      (group, shipment) => group.push(shipment),
    );
    return Array.from(dutyPeriods(due, first.shipment.atMs, source.nowMs)).flatMap((period) => {
      if (filter.year !== undefined && new Date(period.dueMs).getUTCFullYear() !== filter.year) return [];
      const found = source.obligation(kind, first.shipment, period.fromMs);
      const obligation = found ?? { dueAt: new Date(period.dueMs).toISOString(), status: 'open' };
      return facilities.flatMap((group) => {
        const [one] = group;
        if (one === undefined) return [];
        const periods = { periodFrom: dayOf(period.fromMs), periodTo: dayOf(period.untilMs - 1) };
        const head = { companyId: company.id, company: company.name, line: one.line, country: one.event.destination, ...periods };
        return rowsOf({ head, period, shipments: group, obligation });
      });
    });
  });
}

function arrivedBefore({ shipment }: ReportShipment, ms: number): boolean {
  return shipment.atMs < ms;
}

function leftBefore({ returned }: ReportShipment, ms: number): boolean {
  return returned !== null && Date.parse(returned.recordedAt) < ms;
}

function isWithin({ shipment }: ReportShipment, { fromMs, untilMs }: DutyPeriod): boolean {
  return shipment.atMs >= fromMs && shipment.atMs < untilMs;
}
