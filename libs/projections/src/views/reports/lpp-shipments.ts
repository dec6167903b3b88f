import { toTpp } from '#rulebook';
import { holderOf, ownerOf } from '../obligations/obligations.js';
import { countedMilliTpp, tppOf, type Report, type ReportRow } from './report.js';
import { inSteps, isExporter, isParty } from './report-filter.js';

/**
 * Every LPP shipment of a year with what its ultimate parent had received by then from all exporters, in order of the log.
 * The parent is the company that goes on: what those had that were merged into it counts from the first shipment on.
 */
export const lppShipments: Report = {
  name: 'lpp-shipments',
  title: 'Shipments under License Exception LPP by ultimate parent and year: certifications, notices, and the limit',
  citation: '15 CFR 740.29(d), (f) and (g)',
  parameters: ['exporter', 'party', 'year'],
  columns: [
    'year', 'parentId', 'parent', 'exporter', 'consignee', 'destination', 'exportId', 'exportedAt', 'tpp', 'receivedTpp',
    'limitTpp', 'leftTpp', 'limitReached', 'certificationStatus', 'noticeStatus', 'noticeDueAt', 'copyStatus', 'copyDueAt',
  ],
  async rows(source, filter) {
    const received = new Map<string, number>();
    return inSteps(await source.shipments('lpp'), source, (found): readonly ReportRow[] => {
      const { event, line, route, shipment } = found;
      const year = Number(line.split(':')[2]);
      const milliTpp = countedMilliTpp(found);
      // Companies that were merged into one have one limit: that of the line which carries theirs on.
      const limited = source.survivorOf(line);
      const sum = (received.get(limited) ?? 0) + milliTpp;
      received.set(limited, sum);
      const parent = ownerOf('consignee', shipment);
      if (filter.year !== undefined && filter.year !== year) return [];
      if (!isExporter(filter, shipment.exporter)) return [];
      if (!isParty(filter, parent)) return [];
      const limit = route === undefined ? null : route.milliTpp('perYearTpp');
      const [certification, notice, copy] = ['lpp-certification', 'lpp-notice', 'lpp-certification-copy'].map((kind) =>
        source.obligation(kind, shipment),
      );
      const row = {
        year,
        parentId: holderOf(limited) ?? parent.id,
        parent: parent.name,
        exporter: shipment.exporter,
        consignee: event.consignee?.name ?? null,
        destination: event.destination,
        exportId: event.exportId,
        exportedAt: event.exportedAt,
        tpp: tppOf(milliTpp),
        receivedTpp: tppOf(sum),
        limitTpp: limit === null ? null : toTpp(limit),
        leftTpp: limit === null ? null : tppOf(Math.max(0, limit - sum)),
        limitReached: limit === null ? null : sum >= limit,
        certificationStatus: certification?.status ?? null,
        noticeStatus: notice?.status ?? 'not-required',
        noticeDueAt: notice?.dueAt ?? null,
        copyStatus: copy?.status ?? null,
        copyDueAt: copy?.dueAt ?? null,
      };
      return [row];
    });
  },
};
