import { dutyPeriods } from '#rulebook';
import { dayOf } from '../lines/lines.js';
import { consigneeOf } from '../obligations/obligations.js';
import { tppOf, unitsOf, type Report, type ReportRow, type ReportShipment, type ReportSource } from './report.js';
import { grouped, inSteps, isExporter, isParty } from './report-filter.js';

/** What was sent to each facility under ACM, by exporter, six months and item. What leaves it the ledger does not hear of. */
export const acmAccounts: Report = {
  name: 'acm-accounts',
  title: 'Items that entered each facility under License Exception ACM, every six months',
  citation: '15 CFR 740.28(e)',
  parameters: ['exporter', 'party', 'country', 'year'],
  columns: [
    'exporter', 'facilityId', 'facility', 'country', 'periodFrom', 'periodTo', 'item', 'eccn', 'shipments', 'quantityIn',
    'tppIn', 'quantityOut', 'dueAt', 'status',
  ],
  async rows(source, filter) {
    const wanted = (await source.shipments('acm')).filter(
      ({ event, shipment }) =>
        isExporter(filter, shipment.exporter) &&
        (filter.country === undefined || filter.country === countryOf(event)) &&
        isParty(filter, consigneeOf(event)),
    );
    const facilities = grouped(
      wanted,
      ({ event, shipment }) => `${shipment.exporter} ${consigneeOf(event).id} ${countryOf(event)}`,
      (): ReportShipment[] => [],
      (group, shipment) => group.push(shipment),
    );
    return inSteps(facilities, source, (shipments) => rowsOfFacility(source, shipments, filter.year));
  },
};

function rowsOfFacility(source: ReportSource, shipments: readonly ReportShipment[], year: number | undefined): readonly ReportRow[] {
  const first = shipments.reduce((a, b) => (b.shipment.atMs < a.shipment.atMs ? b : a));
  const due = first.route?.dueOf('acm-accounting');
  if (due?.when !== 'every-months') return [];
  const { id: facilityId, name: facility } = consigneeOf(first.event);
  return Array.from(dutyPeriods(due, first.shipment.atMs, source.nowMs), ({ fromMs, untilMs, dueMs }) => {
    if (year !== undefined && new Date(dueMs).getUTCFullYear() !== year) return [];
    const obligation = source.obligation('acm-accounting', first.shipment, fromMs);
    const account = {
      exporter: first.shipment.exporter,
      facilityId,
      facility,
      country: countryOf(first.event),
      periodFrom: dayOf(fromMs),
      periodTo: dayOf(untilMs - 1),
    };
    // Kept by who runs the facility.
    const rest = { quantityOut: null, dueAt: obligation?.dueAt ?? new Date(dueMs).toISOString(), status: obligation?.status ?? null };
    const inPeriod = shipments.filter(({ shipment: { atMs } }) => atMs >= fromMs && atMs < untilMs);
    const items = itemsOf(inPeriod);
    if (items.length === 0) return [{ ...account, item: null, eccn: null, shipments: 0, quantityIn: 0, tppIn: 0, ...rest }];
    return items.map(({ item, eccn, shipments: count, units, milliTpp }) => {
      return { ...account, item, eccn, shipments: count, quantityIn: units, tppIn: tppOf(milliTpp), ...rest };
    });
  }).flat();
}

/** What left by the route of shipments, by item: items with an exception of their own did not. */
export function itemsOf(shipments: readonly ReportShipment[]): readonly {
  readonly item: string;
  readonly eccn: string;
  shipments: number;
  units: number;
  milliTpp: number;
}[] {
  const parts = shipments.flatMap(({ event }) =>
    event.items.filter(({ route }) => route === undefined).map((part) => ({ part, exportId: event.exportId })),
  );
  return grouped(
    parts,
    ({ part }) => `${part.chip ?? part.description ?? ''} ${part.eccn}`,
    ({ part }) => {
      return { item: part.chip ?? part.description ?? '', eccn: part.eccn, shipments: 0, units: 0, milliTpp: 0 };
    },
    (sum, { part }) => {
      sum.shipments += 1;
      sum.units += unitsOf(part);
      sum.milliTpp += part.milliTpp;
    },
  );
}

function countryOf({ consignee, destination }: ReportShipment['event']): string {
  return consignee?.country ?? destination;
}
