import type { Body } from '#wire';
import type { Determined } from './ledger-access.js';
import type { RecordedShipment } from './recorded-shipment.js';

export function determined({ line, tpp, debitedTpp, balanceAfter, wouldBeRefused }: Body<'Determination'>): Determined {
  const after = balanceAfter.available;
  if (wouldBeRefused === null) {
    const before = after === null ? null : Math.round((after + debitedTpp) * 1000) / 1000;
    return { outcome: 'accepted', line, tpp, debitedTpp, available: before };
  }
  const { code, detail } = wouldBeRefused;
  return { outcome: 'refused', line, tpp, debitedTpp, available: after, code, detail };
}

export function recordedShipment(body: Body<'Export'> | Body<'Reservation'>): RecordedShipment {
  const { id, status, line, destination, items, tpp, debitedTpp, reference } = body;
  const isExport = 'exportedAt' in body;
  return {
    id,
    kind: isExport ? 'export' : 'reservation',
    status,
    line,
    destination,
    items: items.map(({ chip, description, quantity, tppPerUnit, eccn }) => {
      return { name: chip ?? description ?? '', quantity, tppPerUnit, eccn };
    }),
    tpp,
    debitedTpp,
    exportedAt: isExport ? body.exportedAt : null,
    itn: isExport ? body.itn : null,
    reference,
  };
}
