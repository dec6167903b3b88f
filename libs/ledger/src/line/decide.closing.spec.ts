import { milliTpp } from '#rulebook';
import type { LineCommand, Reverse } from './line-command.js';
import { exported, given, h100, hourMs, isoAt, issued, item, lapsed, released, reserved, reversed, start, suspended } from '../testing/line-scenario.js';

const cap = milliTpp(100 * 15_832_000);
const h100s = (quantity: number): number => quantity * 15_832_000;
const dayMs = 24 * hourMs;

function release(reservationId: string, expectedRevision: number | null = null): LineCommand {
  return { ...issued('release'), type: 'Release', reservationId, expectedRevision, reason: 'not needed' };
}

function lapse(reservationId: string, at: number): LineCommand {
  return { ...issued('lapse', at), principal: 'system', identity: null, type: 'Lapse', reservationId };
}

function reverse(exportId: string, over: Partial<Reverse> = {}): Reverse {
  return { ...issued('reversal'), type: 'Reverse', exportId, code: 'duplicate', reason: 'sent twice', credits: true, windowMs: 30 * dayMs, ...over };
}

describe('release', () => {
  it('gives back what is held, not what was exported', () => {
    const { reservations } = given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(release('r1'))
      .then({
        type: 'ReservationReleased',
        commandId: 'release',
        reservationId: 'r1',
        reservationRevision: 1,
        releasedMilliTpp: h100s(6),
        reason: 'not needed',
        counts: { exports: 1, openReservations: 0, refusals: 0 },
      })
      .andLine({ exported: h100s(4), reserved: 0, available: h100s(96) }).after;
    expect(reservations.get('r1')).toMatchObject({ status: 'released', heldMilliTpp: 0, exportedMilliTpp: h100s(4) });
  });

  it('goes on under a suspension', () => {
    given(cap, reserved('r1', [h100(1)]), suspended).when(release('r1')).then({ type: 'ReservationReleased' });
  });

  it('happens once', () => {
    given(cap, reserved('r1', [h100(1)]), released('r1')).when(release('r1')).thenRejected('reservation-closed');
    given(cap, reserved('r1', [h100(1)]), lapsed('r1')).when(release('r1')).thenRejected('reservation-closed');
    given(cap).when(release('r1')).thenRejected('reservation-not-found');
    given(cap, reserved('r1', [h100(1)])).when(release('r1', 3)).thenRejected('version-mismatch', { revision: 0 });
  });
});

describe('lapse', () => {
  it('ends a hold at the very millisecond, and not one before', () => {
    const line = given(cap, reserved('r1', [h100(10)], start + hourMs));
    line.when(lapse('r1', start + hourMs - 1)).then();
    line
      .when(lapse('r1', start + hourMs))
      .then({
        type: 'ReservationLapsed',
        principal: 'system',
        reservationId: 'r1',
        reservationRevision: 0,
        lapsedMilliTpp: h100s(10),
        expiredAt: isoAt(start + hourMs),
        recordedAt: isoAt(start + hourMs),
        counts: { exports: 0, openReservations: 0, refusals: 0 },
      })
      .andLine({ exported: 0, reserved: 0, available: cap });
  });

  it('gives back the rest of a partly exported hold', () => {
    given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(lapse('r1', start + 2 * hourMs))
      .then({ lapsedMilliTpp: h100s(6) })
      .andLine({ exported: h100s(4), reserved: 0, available: h100s(96) });
  });

  it('says nothing of a reservation that is closed or unknown', () => {
    given(cap, reserved('r1', [h100(1)]), released('r1')).when(lapse('r1', start + dayMs)).then();
    given(cap, reserved('r1', [h100(1)]), lapsed('r1')).when(lapse('r1', start + dayMs)).then();
    given(cap).when(lapse('r1', start + dayMs)).then();
  });
});

describe('reverse', () => {
  it.each(['misreported', 'duplicate', 'not-shipped'] as const)('credits the line for %s', (code) => {
    const { exports } = given(cap, exported('e1', [h100(4)]))
      .when(reverse('e1', { code }))
      .then({
        type: 'ExportReversed',
        commandId: 'reversal',
        exportId: 'e1',
        exportRevision: 0,
        code,
        reason: 'sent twice',
        creditedMilliTpp: h100s(4),
        counts: { exports: 0, openReservations: 0, refusals: 0 },
      })
      .andLine({ exported: 0, reserved: 0, available: cap }).after;
    expect(exports.get('e1')).toMatchObject({ status: 'reversed', createdRevision: 0, revision: 1 });
  });

  it('records without credit where the policy gives none', () => {
    given(cap, exported('e1', [h100(4)]))
      .when(reverse('e1', { code: 'returned', credits: false }))
      .then({ code: 'returned', creditedMilliTpp: 0, counts: { exports: 0, openReservations: 0, refusals: 0 } })
      .andLine({ exported: h100s(4), reserved: 0, available: h100s(96) });
  });

  it('credits the line, never the hold', () => {
    const { reservations } = given(cap, reserved('r1', [h100(10)]), exported('e1', [h100(4)], 'r1'))
      .when(reverse('e1'))
      .then({ exportRevision: 1, creditedMilliTpp: h100s(4) })
      .andLine({ exported: 0, reserved: h100s(6), available: h100s(94) }).after;
    expect(reservations.get('r1')).toMatchObject({ status: 'partly-exported', heldMilliTpp: h100s(6), exportedMilliTpp: h100s(4) });
  });

  it('of an export without debit credits nothing', () => {
    given(cap, exported('e1', [item('card', 1, 1000, 'uncontrolled')])).when(reverse('e1')).then({ creditedMilliTpp: 0 });
  });

  it('happens once', () => {
    given(cap, exported('e1', [h100(4)]), reversed('e1', milliTpp(h100s(4)))).when(reverse('e1')).thenRejected('already-reversed');
    given(cap, exported('e1', [h100(4)]), reversed('e1', milliTpp(0))).when(reverse('e1')).thenRejected('already-reversed');
    given(cap).when(reverse('e1')).thenRejected('export-not-found');
  });

  it('is open for the whole window, to its last millisecond', () => {
    const line = given(cap, exported('e1', [h100(4)]));
    line.when(reverse('e1', { at: start + 30 * dayMs })).then({ type: 'ExportReversed' });
    line.when(reverse('e1', { at: start + 30 * dayMs + 1 })).thenRejected('reversal-window-closed', { detail: expect.stringContaining('30 days') });
    line.when(reverse('e1', { at: start + 3000 * dayMs, windowMs: null })).then({ type: 'ExportReversed' });
  });

  it('goes on under a suspension', () => {
    given(cap, exported('e1', [h100(4)]), suspended).when(reverse('e1')).then({ type: 'ExportReversed' });
  });
});
