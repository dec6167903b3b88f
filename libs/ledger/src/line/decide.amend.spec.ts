import { milliTpp, type ClassifiedItem } from '#rulebook';
import type { Amend } from './line-command.js';
import {
  capSet,
  determinationOf,
  exported,
  given,
  h100,
  isoAt,
  issued,
  item,
  mi300x,
  released,
  reserved,
  start,
  suspended,
} from '../testing/line-scenario.js';

const cap = milliTpp(100 * 15_832_000);
const h100s = (quantity: number): number => quantity * 15_832_000;

function amend(items: readonly ClassifiedItem[] | null, over: Partial<Amend> = {}): Amend {
  const replacement = items && { list: items, determination: determinationOf(items) };
  return { ...issued('amend'), type: 'Amend', reservationId: 'r1', expectedRevision: null, items: replacement, expiresAt: null, reference: undefined, ...over };
}

describe('amend', () => {
  it('shrinks a hold and frees the rest at once', () => {
    given(cap, reserved('r1', [h100(10)]))
      .when(amend([h100(4)]))
      .then({
        type: 'ReservationAmended',
        commandId: 'amend',
        reservationId: 'r1',
        reservationRevision: 0,
        items: [h100(4)],
        milliTpp: h100s(4),
        debitedMilliTpp: h100s(4),
        previousHeldMilliTpp: h100s(10),
        heldMilliTpp: h100s(4),
        expiresAt: isoAt(start + 3_600_000),
        reference: 'PO-1',
        counts: { exports: 0, openReservations: 1, refusals: 0 },
      })
      .andLine({ exported: 0, reserved: h100s(4), available: h100s(96) });
  });

  it('grows a hold up to what the line has left', () => {
    given(cap, reserved('r1', [h100(10)]), reserved('r2', [h100(80)]))
      .when(amend([h100(20)]))
      .then({ type: 'ReservationAmended', heldMilliTpp: h100s(20) })
      .andLine({ exported: 0, reserved: cap, available: 0 });
  });

  it('refuses growth beyond it, by the growth alone, and leaves the hold as it was', () => {
    given(cap, reserved('r1', [h100(10)]), reserved('r2', [h100(80)]))
      .when(amend([h100(21)]))
      .thenRefused('insufficient-quota', {
        operation: 'amend',
        reservationId: 'r1',
        items: [h100(21)],
        milliTpp: h100s(21),
        requestedMilliTpp: h100s(11),
        availableMilliTpp: h100s(10),
        reference: 'PO-1',
      })
      .andLine({ exported: 0, reserved: h100s(90), available: h100s(10) });
  });

  it('takes other items for the ones before', () => {
    given(cap, reserved('r1', [h100(10)]))
      .when(amend([mi300x(5)]))
      .then({ items: [mi300x(5)], heldMilliTpp: 104_596_000 })
      .andLine({ exported: 0, reserved: 104_596_000, available: cap - 104_596_000 });
  });

  it('keeps what was exported: the hold is the new size less that', () => {
    given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(amend([h100(12)]))
      .then({ reservationRevision: 1, debitedMilliTpp: h100s(12), previousHeldMilliTpp: h100s(6), heldMilliTpp: h100s(8) })
      .andLine({ exported: h100s(4), reserved: h100s(8), available: h100s(88) });
  });

  it('may shrink to exactly what was exported', () => {
    const { reservations } = given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(amend([h100(4)]))
      .then({ heldMilliTpp: 0 })
      .andLine({ exported: h100s(4), reserved: 0, available: h100s(96) }).after;
    expect(reservations.get('r1')).toMatchObject({ status: 'partly-exported', heldMilliTpp: 0, exportedMilliTpp: h100s(4) });
  });

  it.each<[string, readonly ClassifiedItem[]]>([
    ['fewer than were exported', [h100(3)]],
    ['the exported item left out', [mi300x(50)]],
    ['the exported item with other TPP', [item('nvidia-h100-sxm5', 40, 15_831_000)]],
    ['the exported item classified otherwise, beside others', [item('nvidia-h100-sxm5', 4, 15_832_000, 'uncontrolled'), mi300x(50)]],
  ])('rejects %s', (_, items) => {
    given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(amend(items))
      .thenRejected('exceeds-hold');
  });

  it('counts the units of an item without TPP as exported, too', () => {
    const cable = (quantity: number): ClassifiedItem => item('cable', quantity, 0, 'uncontrolled');
    const line = given(cap, reserved('r1', [h100(2), cable(10)]), exported('e1', [cable(4)], 'r1'));
    line.when(amend([h100(2), cable(3)])).thenRejected('exceeds-hold');
    line.when(amend([h100(2), cable(4)])).then({ type: 'ReservationAmended' });
  });

  it('changes the end of the hold alone', () => {
    given(cap, reserved('r1', [h100(10)]))
      .when(amend(null, { expiresAt: start + 7_200_000 }))
      .then({ items: [h100(10)], expiresAt: isoAt(start + 7_200_000), previousHeldMilliTpp: h100s(10), heldMilliTpp: h100s(10), reference: 'PO-1' });
  });

  it.each([
    ['a new reference', 'PO-2'],
    ['no reference any more', null],
  ])('changes to %s alone', (_, reference) => {
    given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(1)], 'r1'))
      .when(amend(null, { reference }))
      .then({ reference, items: [h100(10)], heldMilliTpp: h100s(9), expiresAt: isoAt(start + 3_600_000) });
  });

  it('takes the route of the new items', () => {
    given(cap, reserved('r1', [h100(10)]))
      .when(amend([item('card', 10, 312_000, 'uncontrolled')]))
      .then({ route: 'none', debitedMilliTpp: 0, heldMilliTpp: 0, milliTpp: 3_120_000 })
      .andLine({ exported: 0, reserved: 0, available: cap });
    given(cap, reserved('r1', [item('card', 10, 312_000, 'uncontrolled')]))
      .when(amend([h100(10)]))
      .then({ route: 'licence', previousHeldMilliTpp: 0, heldMilliTpp: h100s(10) })
      .andLine({ exported: 0, reserved: h100s(10), available: h100s(90) });
  });

  it('may shrink, not grow, on a suspended line', () => {
    const line = given(cap, reserved('r1', [h100(10)]), suspended);
    line.when(amend([h100(9)])).then({ type: 'ReservationAmended' });
    line.when(amend([h100(10)], { expiresAt: start + 7_200_000 })).then({ type: 'ReservationAmended' });
    line.when(amend([h100(11)])).thenRefused('line-suspended', { operation: 'amend', requestedMilliTpp: h100s(1) });
  });

  it('may shrink, not grow, under a cap below the use', () => {
    const line = given(cap, reserved('r1', [h100(10)]), capSet(milliTpp(h100s(5))));
    line.when(amend([h100(8)])).then({ heldMilliTpp: h100s(8) }).andLine({ exported: 0, reserved: h100s(8), available: 0 });
    line.when(amend([h100(11)])).thenRefused('insufficient-quota', { availableMilliTpp: 0 });
  });

  it('is refused where the rules refuse the new items, even if it shrinks', () => {
    const refusal = { code: 'no-allocation', reasons: [{ code: 'destination-embargoed', text: 'Closed.', citation: '§' }] } as const;
    const items = { list: [h100(1)], determination: determinationOf([h100(1)], { refusal }) };
    given(cap, reserved('r1', [h100(10)]))
      .when(amend(null, { items }))
      .thenRefused('no-allocation', { operation: 'amend', reasons: refusal.reasons, requestedMilliTpp: 0 });
  });

  it('names the version to use after another change', () => {
    given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(amend([h100(9)], { expectedRevision: 0 }))
      .thenRejected('version-mismatch', { revision: 1 });
    given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(amend([h100(9)], { expectedRevision: 1 }))
      .then({ type: 'ReservationAmended' });
  });

  it('gives it an end after the time that is recorded', () => {
    const ahead = start + 86_400_000;
    const line = given(cap, reserved('r1', [h100(10)]));
    line.when(amend([h100(9)], { expiresAt: ahead }), ahead).thenRejected('invalid-request');
    line.when(amend([h100(9)], { expiresAt: ahead + 1 }), ahead).then({ type: 'ReservationAmended' });
    line.when(amend([h100(9)]), ahead).then({ type: 'ReservationAmended' });
  });

  it('takes one of several versions', () => {
    const changed = given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'));
    changed.when(amend([h100(9)], { expectedRevision: [0, 1] })).then({ type: 'ReservationAmended' });
    changed.when(amend([h100(9)], { expectedRevision: [0, 2] })).thenRejected('version-mismatch', { revision: 1 });
  });

  it('finds no reservation, or one that is closed', () => {
    given(cap).when(amend([h100(1)])).thenRejected('reservation-not-found');
    given(cap, reserved('r1', [h100(10)]), released('r1')).when(amend([h100(1)])).thenRejected('reservation-closed');
  });
});
