import { calendarDaysBetween } from '#rulebook';
import { tppOf, type Report } from './report.js';
import { inSteps, isExporter } from './report-filter.js';

/** Every shipment under NAC with its notification. */
export const nacNotices: Report = {
  name: 'nac-notices',
  title: 'Notifications of shipments under License Exception NAC',
  citation: '15 CFR 740.8(c)(1)',
  parameters: ['exporter', 'country', 'year'],
  columns: [
    'exportId', 'exporter', 'destination', 'consignee', 'exportedAt', 'tpp', 'noticeGivenAt', 'noticeDueAt', 'daysBefore',
    'status', 'cluster', 'clusterTpp', 'memoryBandwidthGBs',
  ],
  async rows(source, filter) {
    const shipments = (await source.shipments('nac')).filter(
      ({ event, shipment }) =>
        isExporter(filter, shipment.exporter) &&
        (filter.country === undefined || filter.country === event.destination) &&
        (filter.year === undefined || new Date(event.exportedAt).getUTCFullYear() === filter.year),
    );
    return inSteps(shipments, source, ({ event, shipment }) => {
      const { noticeGivenAt, cluster, clusterTpp, memoryBandwidthGBs } = event.facts ?? {};
      const notice = source.obligation('nac-notification', shipment);
      const row = {
        exportId: event.exportId,
        exporter: shipment.exporter,
        destination: event.destination,
        consignee: event.consignee?.name ?? null,
        exportedAt: event.exportedAt,
        tpp: tppOf(event.milliTpp),
        noticeGivenAt: noticeGivenAt ?? null,
        noticeDueAt: notice?.dueAt ?? null,
        daysBefore: noticeGivenAt === undefined ? null : calendarDaysBetween(Date.parse(noticeGivenAt), shipment.atMs),
        status: notice?.status ?? null,
        cluster: cluster ?? null,
        clusterTpp: clusterTpp ?? null,
        memoryBandwidthGBs: memoryBandwidthGBs ?? null,
      };
      return [row];
    });
  },
};
