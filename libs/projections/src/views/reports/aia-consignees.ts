import { toTpp } from '#rulebook';
import { consigneeOf } from '../obligations/obligations.js';
import { countedMilliTpp, tppOf, type Report, type ReportShipment } from './report.js';
import { grouped, inSteps, isExporter, isParty } from './report-filter.js';

interface Pair {
  readonly first: ReportShipment;
  readonly countries: Set<string>;
  shipments: number;
  milliTpp: number;
  firstAt: string;
  lastAt: string;
}

/** What each consignee has received under AIA from each exporter and from all, and whether its certification is filed. */
export const aiaConsignees: Report = {
  name: 'aia-consignees',
  title: 'What ultimate consignees have received under License Exception AIA, and the filing of their certifications',
  citation: '15 CFR 740.27(b) and (c)',
  parameters: ['exporter', 'party'],
  columns: [
    'consigneeId', 'consignee', 'countries', 'exporter', 'shipments', 'tpp', 'consigneeTpp', 'filingTpp', 'filingReached',
    'firstExportedAt', 'lastExportedAt', 'certificationStatus', 'certificationDueAt', 'filingStatus', 'filingDueAt',
  ],
  async rows(source, filter) {
    const shipments = await source.shipments('aia');
    const received = new Map<string, number>();
    for (const each of shipments) {
      const id = source.companyId(consigneeOf(each.event).id);
      received.set(id, (received.get(id) ?? 0) + countedMilliTpp(each));
    }
    const wanted = shipments.filter(
      ({ event, shipment }) => isExporter(filter, shipment.exporter) && isParty(filter, consigneeOf(event)),
    );
    const pairs = grouped(wanted, ({ event, shipment }) => `${consigneeOf(event).id} ${shipment.exporter}`, beginPair, addToPair);
    return inSteps(pairs, source, ({ first, countries, shipments: count, milliTpp, firstAt, lastAt }) => {
      const { event, route, shipment } = first;
      const { id, name } = consigneeOf(event);
      const limit = route === undefined ? null : route.milliTpp('filingTpp');
      const all = received.get(source.companyId(id)) ?? 0;
      const certification = source.obligation('aia-certification', shipment);
      const filing = source.obligation('aia-certification-filing', shipment);
      const row = {
        consigneeId: id,
        consignee: name,
        countries: [...countries].sort().join(' '),
        exporter: shipment.exporter,
        shipments: count,
        tpp: tppOf(milliTpp),
        consigneeTpp: tppOf(all),
        filingTpp: limit === null ? null : toTpp(limit),
        filingReached: limit === null ? null : all >= limit,
        firstExportedAt: firstAt,
        lastExportedAt: lastAt,
        certificationStatus: certification?.status ?? null,
        certificationDueAt: certification?.dueAt ?? null,
        filingStatus: filing?.status ?? 'not-due',
        filingDueAt: filing?.dueAt ?? null,
      };
      return [row];
    });
  },
};

function beginPair(first: ReportShipment): Pair {
  const { exportedAt } = first.event;
  return { first, countries: new Set(), shipments: 0, milliTpp: 0, firstAt: exportedAt, lastAt: exportedAt };
}

function addToPair(pair: Pair, shipment: ReportShipment): void {
  const { exportedAt, destination } = shipment.event;
  pair.shipments += 1;
  pair.milliTpp += countedMilliTpp(shipment);
  pair.countries.add(destination);
  if (exportedAt < pair.firstAt) pair.firstAt = exportedAt;
  if (exportedAt > pair.lastAt) pair.lastAt = exportedAt;
}
