import { milliTpp } from '#rulebook';
import {
  capSet,
  determinationOf,
  exportDirect,
  exported,
  given,
  h100,
  isoAt,
  item,
  lapsed,
  mi300x,
  released,
  reserve,
  reserved,
  rulebook,
  start,
  suspended,
} from '../testing/line-scenario.js';

const thousandMi300x = 20_919_200_000;
const cap = milliTpp(790_000_000_000);

describe('a hold on a line whose newest event is ahead of the clock', () => {
  const ahead = start + 86_400_000;

  it('ends after the time that is recorded, not after the clock only', () => {
    const held = reserve('r1', [h100(1)], { expiresAt: ahead });
    given(cap).when(held, ahead).thenRejected('invalid-request', { errors: [{ pointer: '/expiresAt', message: expect.stringContaining(isoAt(ahead)) as string }] });
    given(cap).when(held, ahead - 1).then({ type: 'QuotaReserved', recordedAt: isoAt(ahead - 1), expiresAt: isoAt(ahead) });
    given(cap).when(held).then({ type: 'QuotaReserved' });
  });

  it('is refused by the rules all the same', () => {
    given(milliTpp(0)).when(reserve('r1', [h100(1)], { expiresAt: ahead }), ahead).thenRefused('insufficient-quota');
  });
});

describe('reserve', () => {
  it('holds the exact TPP of a thousand chips with a fraction', () => {
    given(cap)
      .when(reserve('r1', [mi300x(1000)], { reference: 'PO-4711', consignee: { name: 'Falcon Cloud' } }))
      .then({
        type: 'QuotaReserved',
        v: 1,
        reservationId: 'r1',
        recordedAt: isoAt(start + 1000),
        principal: 'acme',
        rulebook,
        idempotencyKey: 'key-of-r1',
        requestHash: 'hash-of-r1',
        destination: 'AE',
        exporter: 'acme',
        consignee: { name: 'Falcon Cloud' },
        route: 'licence',
        items: [mi300x(1000)],
        milliTpp: thousandMi300x,
        debitedMilliTpp: thousandMi300x,
        expiresAt: isoAt(start + 3_600_000),
        reference: 'PO-4711',
        balanceMilliTpp: { allocation: cap, exported: 0, reserved: thousandMi300x },
        counts: { exports: 0, openReservations: 1, refusals: 0 },
      })
      .andLine({ exported: 0, reserved: thousandMi300x, available: 769_080_800_000 });
  });

  it('takes the last thousandth', () => {
    given(milliTpp(thousandMi300x), reserved('r0', [mi300x(999)]))
      .when(reserve('r1', [mi300x(1)]))
      .then({ type: 'QuotaReserved', debitedMilliTpp: 20_919_200 })
      .andLine({ exported: 0, reserved: thousandMi300x, available: 0 });
  });

  it('refuses one thousandth more, and says what would have passed', () => {
    given(milliTpp(thousandMi300x - 1), reserved('r0', [mi300x(999)]))
      .when(reserve('r1', [mi300x(1)]))
      .thenRefused('insufficient-quota', {
        operation: 'reserve',
        reservationId: 'r1',
        commandId: 'r1',
        requestedMilliTpp: 20_919_200,
        availableMilliTpp: 20_919_199,
        reasons: [],
        items: [mi300x(1)],
        balanceMilliTpp: { allocation: thousandMi300x - 1, exported: 0, reserved: 20_898_280_800 },
        counts: { exports: 0, openReservations: 1, refusals: 1 },
      })
      .andLine({ exported: 0, reserved: 20_898_280_800, available: 20_919_199 });
  });

  it('counts exports against the cap as much as holds', () => {
    given(milliTpp(3 * 15_832_000), exported('e1', [h100(1)]), reserved('r0', [h100(1)]))
      .when(reserve('r1', [h100(2)]))
      .thenRefused('insufficient-quota', { availableMilliTpp: 15_832_000 });
  });

  it.each([
    ['released', released('r0')],
    ['lapsed', lapsed('r0')],
  ])('draws on what a %s hold gave back', (_, closing) => {
    given(milliTpp(15_832_000), reserved('r0', [h100(1)]), closing)
      .when(reserve('r1', [h100(1)]))
      .then({ type: 'QuotaReserved' })
      .andLine({ exported: 0, reserved: 15_832_000, available: 0 });
  });

  it('refuses everything under a cap below the use: available is 0, not negative', () => {
    given(cap, reserved('r0', [h100(2)]), capSet(milliTpp(15_832_000)))
      .when(reserve('r1', [mi300x(1)]))
      .thenRefused('insufficient-quota', { availableMilliTpp: 0 })
      .andLine({ exported: 0, reserved: 31_664_000, available: 0 });
  });

  it('never refuses for want of quota on a line without a cap, and still counts', () => {
    given(null)
      .when(reserve('r1', [mi300x(1_000_000)]))
      .then({ type: 'QuotaReserved', balanceMilliTpp: { allocation: null, exported: 0, reserved: 20_919_200_000_000 } })
      .andLine({ exported: 0, reserved: 20_919_200_000_000, available: null });
  });

  it('records nothing that a line without a cap could not add up exactly', () => {
    const most = item('one', 1, Number.MAX_SAFE_INTEGER);
    given(null, reserved('r0', [most])).when(reserve('r1', [item('one', 1, 1)])).thenRejected('invalid-request');
    given(null, exported('e0', [most])).when(exportDirect('e1', [item('one', 1, 1)])).thenRejected('invalid-request');
    given(null, reserved('r0', [item('one', 1, Number.MAX_SAFE_INTEGER - 1)]))
      .when(reserve('r1', [item('one', 1, 1)]))
      .then({ type: 'QuotaReserved' });
  });

  it('holds nothing for uncontrolled items, even with nothing available', () => {
    given(milliTpp(0))
      .when(reserve('r1', [item('card', 500, 312_000, 'uncontrolled')]))
      .then({ type: 'QuotaReserved', route: 'none', milliTpp: 156_000_000, debitedMilliTpp: 0, counts: { exports: 0, openReservations: 1, refusals: 0 } })
      .andLine({ exported: 0, reserved: 0, available: 0 });
  });

  it('holds only the level-a items of a mixed shipment', () => {
    given(cap)
      .when(reserve('r1', [h100(1), item('b-chip', 10, 2_000_000, 'b'), item('card', 5, 1_000, 'uncontrolled')]))
      .then({ type: 'QuotaReserved', milliTpp: 35_837_000, debitedMilliTpp: 15_832_000 });
  });

  it('records the time of the line where the clock was set back', () => {
    given(cap)
      .when(reserve('r1', [h100(1)], { at: start - 5000 }), start)
      .then({ recordedAt: isoAt(start) });
  });
});

describe('direct export', () => {
  it('reserves and debits at once', () => {
    given(cap)
      .when(exportDirect('e1', [mi300x(1000), item('card', 2, 500, 'uncontrolled')]))
      .then({
        type: 'ExportDebited',
        exportId: 'e1',
        reservationId: null,
        reservationRevision: null,
        items: [
          { ...mi300x(1000), milliTpp: thousandMi300x },
          { ...item('card', 2, 500, 'uncontrolled'), milliTpp: 1000 },
        ],
        milliTpp: thousandMi300x + 1000,
        debitedMilliTpp: thousandMi300x,
        releasedMilliTpp: 0,
        final: true,
        exportedAt: isoAt(start - 3_600_000),
        itn: 'X1',
        counts: { exports: 1, openReservations: 0, refusals: 0 },
      })
      .andLine({ exported: thousandMi300x, reserved: 0, available: 769_080_800_000 });
  });

  it('is refused whole where the line cannot take all of it', () => {
    given(milliTpp(15_832_000), reserved('r0', [h100(1)]))
      .when(exportDirect('e1', [h100(1)]))
      .thenRefused('insufficient-quota', { operation: 'export-direct', reservationId: 'e1', requestedMilliTpp: 15_832_000, availableMilliTpp: 0 });
  });

  it('is refused on a suspended line', () => {
    given(cap, suspended).when(exportDirect('e1', [h100(1)])).thenRefused('line-suspended', { availableMilliTpp: cap });
  });

  it('of uncontrolled items counts as an export and debits nothing', () => {
    const card = [item('card', 2, 500, 'uncontrolled')];
    given(milliTpp(0))
      .when(exportDirect('e1', card, { determination: determinationOf(card) }))
      .then({ type: 'ExportDebited', milliTpp: 1000, debitedMilliTpp: 0, counts: { exports: 1, openReservations: 0, refusals: 0 } });
  });
});
