import { milliTpp, type ClassifiedItem } from '#rulebook';
import type { ExportPart } from './line-command.js';
import { capSet, exported, exportHold, given, h100, item, lapsed, mi300x, released, reserved, suspended } from '../testing/line-scenario.js';

const cap = milliTpp(100 * 15_832_000);
const h100s = (quantity: number): number => quantity * 15_832_000;
const cable = (quantity: number): ClassifiedItem => item('cable', quantity, 0, 'uncontrolled');
const of = (chip: string, quantity: number): { chip: string; description: null; quantity: number } => ({ chip, description: null, quantity });
const items = (...list: readonly ReturnType<typeof of>[]): ExportPart => ({ of: 'items', items: list });
const tpp = (amount: number): ExportPart => ({ of: 'tpp', milliTpp: milliTpp(amount) });
const all: ExportPart = { of: 'all' };

describe('export of a hold', () => {
  it('takes some units and leaves the rest held', () => {
    const { reservations } = given(cap, reserved('r1', [h100(10)]))
      .when(exportHold('e1', 'r1', items(of('nvidia-h100-sxm5', 4))))
      .then({
        type: 'ExportDebited',
        exportId: 'e1',
        reservationId: 'r1',
        reservationRevision: 0,
        destination: 'AE',
        exporter: 'acme',
        route: 'licence',
        items: [{ ...h100(4), milliTpp: h100s(4) }],
        milliTpp: h100s(4),
        debitedMilliTpp: h100s(4),
        releasedMilliTpp: 0,
        final: false,
        reference: 'PO-1',
        counts: { exports: 1, openReservations: 1, refusals: 0 },
      })
      .andLine({ exported: h100s(4), reserved: h100s(6), available: h100s(90) }).after;
    expect(reservations.get('r1')).toMatchObject({
      status: 'partly-exported',
      heldMilliTpp: h100s(6),
      exportedMilliTpp: h100s(4),
      items: [{ ...h100(10), exportedMilliTpp: h100s(4), exportedQuantity: 4 }],
    });
  });

  it('ends the reservation with its last unit, asked for or not', () => {
    const { reservations } = given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(exportHold('e2', 'r1', items(of('nvidia-h100-sxm5', 6))))
      .then({ final: true, releasedMilliTpp: 0, reservationRevision: 1, counts: { exports: 2, openReservations: 0, refusals: 0 } })
      .andLine({ exported: h100s(10), reserved: 0, available: h100s(90) }).after;
    expect(reservations.get('r1')).toMatchObject({ status: 'exported', heldMilliTpp: 0 });
  });

  it('takes all that is left', () => {
    given(cap, reserved('r1', [h100(10), mi300x(1)]), exported('e1', [h100(4)], 'r1'))
      .when(exportHold('e2', 'r1', all))
      .then({ final: true, debitedMilliTpp: h100s(6) + 20_919_200, items: [{ ...h100(6), milliTpp: h100s(6) }, { ...mi300x(1), milliTpp: 20_919_200 }] })
      .andLine({ exported: h100s(10) + 20_919_200, reserved: 0, available: cap - h100s(10) - 20_919_200 });
  });

  it('gives the rest back with a final export', () => {
    given(cap, reserved('r1', [h100(10)]))
      .when(exportHold('e1', 'r1', items(of('nvidia-h100-sxm5', 4)), true))
      .then({ final: true, debitedMilliTpp: h100s(4), releasedMilliTpp: h100s(6), counts: { exports: 1, openReservations: 0, refusals: 0 } })
      .andLine({ exported: h100s(4), reserved: 0, available: h100s(96) });
  });

  it('takes an amount of a reservation with one item, with the units where they are whole', () => {
    const line = given(cap, reserved('r1', [mi300x(10)]));
    line.when(exportHold('e1', 'r1', tpp(41_838_400))).then({ items: [{ ...mi300x(2), milliTpp: 41_838_400 }], debitedMilliTpp: 41_838_400 });
    line
      .when(exportHold('e1', 'r1', tpp(10_459_601)))
      .then({ items: [{ ...mi300x(1), quantity: null, milliTpp: 10_459_601 }], debitedMilliTpp: 10_459_601, final: false });
  });

  it('goes on to the exact end after a broken amount', () => {
    const line = given(cap, reserved('r1', [mi300x(10)])).when(exportHold('e1', 'r1', tpp(1))).after;
    line.when(exportHold('e2', 'r1', items(of('amd-mi300x', 10)))).thenRejected('exceeds-hold');
    line.when(exportHold('e2', 'r1', tpp(209_192_000))).thenRejected('exceeds-hold');
    line
      .when(exportHold('e2', 'r1', items(of('amd-mi300x', 9))))
      .then({ final: false })
      .after.when(exportHold('e3', 'r1', all))
      .then({ final: true, milliTpp: 20_919_199, items: [{ ...mi300x(1), quantity: null, milliTpp: 20_919_199 }] })
      .andLine({ exported: 209_192_000, reserved: 0, available: cap - 209_192_000 });
  });

  it('debits only the level-a items of a mixed hold', () => {
    const line = given(cap, reserved('r1', [h100(2), item('card', 5, 1_000, 'uncontrolled')]));
    line.when(exportHold('e1', 'r1', items(of('card', 5)))).then({ milliTpp: 5_000, debitedMilliTpp: 0, final: false });
    line.when(exportHold('e1', 'r1', items(of('card', 2), of('nvidia-h100-sxm5', 2)))).then({ milliTpp: h100s(2) + 2_000, debitedMilliTpp: h100s(2), final: false });
  });

  it('debits nothing of an item that leaves under an exception of its own', () => {
    const card = { ...item('card', 5, 1_000), route: 'aca' } as const;
    const line = given(cap, reserved('r1', [h100(2), card]));
    line
      .when(exportHold('e1', 'r1', items(of('card', 3))))
      .then({ milliTpp: 3_000, debitedMilliTpp: 0, final: false, items: [{ ...card, quantity: 3, milliTpp: 3_000 }] })
      .after.when(exportHold('e2', 'r1', all))
      .then({ milliTpp: h100s(2) + 2_000, debitedMilliTpp: h100s(2), final: true })
      .andLine({ exported: h100s(2), reserved: 0, available: cap - h100s(2) });
  });

  it('debits nothing of a hold without debit, to the end', () => {
    const line = given(milliTpp(0), reserved('r1', [item('card', 5, 1_000, 'uncontrolled')]));
    line.when(exportHold('e1', 'r1', tpp(1_500))).then({ milliTpp: 1_500, debitedMilliTpp: 0, final: false });
    line.when(exportHold('e1', 'r1', all)).then({ milliTpp: 5_000, debitedMilliTpp: 0, final: true }).andLine({ exported: 0, reserved: 0, available: 0 });
  });

  it('counts items without TPP by their units', () => {
    const line = given(cap, reserved('r1', [cable(10)]));
    line.when(exportHold('e1', 'r1', items(of('cable', 11)))).thenRejected('exceeds-hold');
    line.when(exportHold('e1', 'r1', tpp(0))).thenRejected('invalid-request', { errors: [expect.objectContaining({ pointer: '/tpp' })] });
    const after = line.when(exportHold('e1', 'r1', items(of('cable', 4)))).then({ final: false, items: [{ ...cable(4), milliTpp: 0 }] }).after;
    after.when(exportHold('e2', 'r1', items(of('cable', 7)))).thenRejected('exceeds-hold');
    after.when(exportHold('e2', 'r1', all)).then({ final: true, items: [{ ...cable(6), milliTpp: 0 }] });
  });

  it('goes on under a suspension and under a cap below the use', () => {
    given(cap, reserved('r1', [h100(10)]), suspended, capSet(milliTpp(1)))
      .when(exportHold('e1', 'r1', all))
      .then({ type: 'ExportDebited', debitedMilliTpp: h100s(10) })
      .andLine({ exported: h100s(10), reserved: 0, available: 0 });
  });

  it('adds up an item that is named twice', () => {
    const line = given(cap, reserved('r1', [h100(10)]));
    line.when(exportHold('e1', 'r1', items(of('nvidia-h100-sxm5', 4), of('nvidia-h100-sxm5', 3)))).then({ debitedMilliTpp: h100s(7) });
    line.when(exportHold('e1', 'r1', items(of('nvidia-h100-sxm5', 6), of('nvidia-h100-sxm5', 5)))).thenRejected('exceeds-hold');
  });

  it.each<[string, ExportPart, string]>([
    ['more units than are held', items(of('nvidia-h100-sxm5', 11)), 'exceeds-hold'],
    ['more units than can be counted', items(of('nvidia-h100-sxm5', Number.MAX_SAFE_INTEGER)), 'exceeds-hold'],
    ['more TPP than are held', tpp(h100s(10) + 1), 'exceeds-hold'],
    ['an item that is none of the reservation', items(of('amd-mi300x', 1)), 'invalid-request'],
    ['no TPP at all', tpp(0), 'invalid-request'],
  ])('rejects %s', (_, part, code) => {
    given(cap, reserved('r1', [h100(10)])).when(exportHold('e1', 'r1', part)).thenRejected(code);
  });

  it('rejects an amount of a reservation with several items', () => {
    given(cap, reserved('r1', [h100(1), mi300x(1)])).when(exportHold('e1', 'r1', tpp(1))).thenRejected('invalid-request');
  });

  it('is refused where the export lies outside the quota period, once its part fits', () => {
    const outsidePeriod = { code: 'outside-quota-period', reasons: [{ code: 'outside', text: 'Too late.', citation: '§' }] } as const;
    const line = given(cap, reserved('r1', [h100(10)]));
    line
      .when({ ...exportHold('e1', 'r1', items(of('nvidia-h100-sxm5', 4))), outsidePeriod })
      .thenRefused('outside-quota-period', {
        operation: 'export', reservationId: 'r1', commandId: 'e1', reasons: outsidePeriod.reasons, milliTpp: h100s(4), requestedMilliTpp: h100s(4),
      })
      .andLine({ exported: 0, reserved: h100s(10), available: h100s(90) });
    line.when({ ...exportHold('e1', 'r1', items(of('nvidia-h100-sxm5', 40))), outsidePeriod }).thenRejected('exceeds-hold');
  });

  it('finds no reservation, a stale version, or a closed reservation', () => {
    given(cap).when(exportHold('e1', 'r1', all)).thenRejected('reservation-not-found');
    given(cap, reserved('r1', [h100(1)])).when({ ...exportHold('e1', 'r1', all), expectedRevision: 7 }).thenRejected('version-mismatch', { revision: 0 });
    given(cap, reserved('r1', [h100(1)])).when({ ...exportHold('e1', 'r1', all), expectedRevision: 0 }).then({ type: 'ExportDebited' });
    for (const closing of [released('r1'), lapsed('r1'), exported('e0', [h100(1)], 'r1', true)]) {
      given(cap, reserved('r1', [h100(1)]), closing).when(exportHold('e1', 'r1', all)).thenRejected('reservation-closed');
    }
  });
});
