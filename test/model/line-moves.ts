import fc from 'fast-check';
import { milliTpp, type ClassifiedItem, type MilliTpp } from '#rulebook';
import type { LineCommand, Reservation, ShareLimits } from '#ledger';
import {
  determinationOf,
  exportDirect,
  exportHold,
  given,
  issued,
  item,
  reserve,
  start,
  type Scenario,
} from '../../libs/ledger/src/testing/line-scenario.js';

/** A command of one line that is still to be aimed at what is there: `pick` chooses among its reservations or exports. */
export interface Move {
  readonly do: 'reserve' | 'exportDirect' | 'exportHold' | 'amend' | 'release' | 'lapse' | 'reverse' | 'file' | 'cap' | 'suspend' | 'resume' | 'close' | 'takeOver' | 'attrition';
  readonly pick: number;
  readonly items: readonly ClassifiedItem[];
  readonly share: number;
  readonly flag: boolean;
}

/** Exact fractions, one thousandth, nothing at all, and items that debit no cap. */
const chips: readonly ((quantity: number) => ClassifiedItem)[] = [
  (quantity) => item('amd-mi300x', quantity, 20_919_200),
  (quantity) => item('nvidia-h100-sxm5', quantity, 15_832_000),
  (quantity) => item('least', quantity, 1),
  (quantity) => item('card', quantity, 312_500, 'uncontrolled'),
  (quantity) => item('b-chip', quantity, 2_000_000, 'b'),
  (quantity) => item('cable', quantity, 0, 'uncontrolled'),
];

const items = fc
  .uniqueArray(fc.tuple(fc.nat(chips.length - 1), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 3, selector: ([chip]) => chip })
  .map((chosen) => chosen.map(([chip, quantity]) => (chips[chip] as (typeof chips)[number])(quantity)));

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({
    do: fc.constantFrom<Move['do']>('reserve', 'reserve', 'exportHold', 'exportHold', 'exportDirect', 'amend', 'amend', 'release', 'lapse', 'reverse', 'file', 'cap', 'suspend', 'resume', 'close', 'takeOver', 'attrition'),
    pick: fc.nat(1000),
    items,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    flag: fc.boolean(),
  }),
  { minLength: 5, maxLength: 40, size: 'max' },
);

/** Caps that about ten shipments reach, or none. */
const cap = fc.option(fc.integer({ min: 0, max: 2_000_000_000 }).map(milliTpp));

/** A line with a cap (null: none), or with shares of which each shipment falls under some; licences may count at once. */
export interface Kind {
  readonly cap: MilliTpp | null;
  readonly shares: boolean;
  readonly licences: boolean;
}

export const kinds: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ cap, shares: fc.constant(false), licences: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ cap: null, shares: true, licences: false }) },
);

/** Plays the moves; `see` is told each command with the line before it. */
export function play({ cap, shares, licences }: Kind, moves: readonly Move[], see: (before: Scenario, command: LineCommand) => void = () => undefined) {
  let scenario = given(cap);
  const events = moves.flatMap((move, index) => {
    const command = { ...aimed(scenario, move, `c${index}`, shares), ...(licences && (move.do === 'reserve' || move.do === 'exportDirect') && { countedAt: 'licence' as const }) };
    see(scenario, command);
    const outcome = scenario.when(command);
    scenario = outcome.after;
    return outcome.events;
  });
  return { scenario, events };
}

const scopes = ['outside-partners', 'country:AE', 'outside-home'];

/** Under some of the shares, or none. */
function limitsOf(move: Move): ShareLimits {
  return Object.fromEntries(scopes.slice(0, move.pick % 4).map((scope, place) => [scope, milliTpp(2_000_000_000 - place * 700_000_000)]));
}

function aimed(scenario: Scenario, move: Move, id: string, inShares: boolean): LineCommand {
  const hold = pickOf([...scenario.reservations.values()], move.pick);
  const reservationId = hold?.id ?? 'none';
  const expectedRevision = move.flag ? null : (hold?.revision ?? 0);
  switch (move.do) {
    case 'reserve':
      return reserve(id, move.items, { expiresAt: start + Math.round(move.share * 2000), ...(inShares && { shareLimits: limitsOf(move) }) });
    case 'exportDirect':
      return exportDirect(id, move.items, inShares ? { shareLimits: limitsOf(move) } : {});
    case 'exportHold':
      return { ...exportHold(id, reservationId, partOf(hold, move), move.share > 0.9), expectedRevision };
    case 'amend': {
      const items = move.flag ? { list: move.items, determination: determinationOf(move.items) } : grown(hold, move);
      return { ...issued(id), type: 'Amend', reservationId, expectedRevision, items, expiresAt: null, reference: undefined };
    }
    case 'release':
      return { ...issued(id), type: 'Release', reservationId, expectedRevision, reason: null };
    case 'lapse':
      return { ...issued(id), type: 'Lapse', reservationId };
    case 'reverse': {
      const exportId = pickOf([...scenario.exports.keys()], move.pick) ?? 'none';
      return { ...issued(id), type: 'Reverse', exportId, code: 'misreported', reason: 'test', credits: move.flag, windowMs: null };
    }
    case 'file': {
      const exportId = pickOf([...scenario.exports.keys()], move.pick) ?? 'none';
      return { ...issued(id), type: 'File', exportId, itn: move.flag ? 'X1' : 'X2' };
    }
    case 'cap':
      if (inShares) return { ...issued(id), type: 'SetAllocation', allocationMilliTpp: null, basis: 'rulebook', reason: 'test', shareLimits: limitsOf(move), ...(move.flag && move.pick % 4 < 3 && { sharesEnded: ['outside-home'] }) };
      return { ...issued(id), type: 'SetAllocation', allocationMilliTpp: milliTpp(Math.round(move.share * 2_000_000_000)), basis: 'order', reason: 'test' };
    case 'suspend':
      return { ...issued(id), type: 'Suspend', reason: 'test' };
    case 'resume':
      return { ...issued(id), type: 'Resume', reason: 'test' };
    case 'close':
      return { ...issued(id), type: 'CloseLine', into: 'country:ZZ', reason: 'test' };
    case 'takeOver': {
      const amounts = { exported: milliTpp(move.pick * 1000), reserved: milliTpp(Math.round(move.share * 1_000_000)) };
      const what = { exportedMilliTpp: amounts.exported, reservedMilliTpp: amounts.reserved, fromLine: move.flag ? 'country:YY' : 'country:XX' };
      const ofShares = inShares && { ofShares: Object.fromEntries(scopes.map((scope) => [scope, amounts])) };
      return { ...issued(id), type: 'TakeOver', fromRevision: Number(id.slice(1)), ...what, ...ofShares };
    }
    case 'attrition': {
      const what = { milliTpp: milliTpp(Math.round(move.share * 50_000_000)), cause: 'failure', occurredAt: start, reason: 'test' } as const;
      // Installed items are counted on lines without shares.
      return inShares ? { ...issued(id), type: 'Resume', reason: 'test' } : { ...issued(id), type: 'RecordAttrition', ...what };
    }
  }
}

function partOf(hold: Reservation | undefined, { share, flag }: Move): Parameters<typeof exportHold>[2] {
  const [first] = hold?.items ?? [];
  if (!first || share < 0.2) return { of: 'all' };
  if (hold?.items.length === 1 && flag) return { of: 'tpp', milliTpp: milliTpp(Math.round(share * first.milliTppPerUnit * first.quantity)) };
  return { of: 'items', items: [{ chip: first.chip, description: null, quantity: Math.ceil(share * first.quantity) }] };
}

/** The same items in other quantities. */
function grown(hold: Reservation | undefined, { share }: Move) {
  if (!hold) return null;
  const list = hold.items.map(({ chip, level, quantity, milliTppPerUnit }) => item(chip ?? '', Math.max(1, Math.round(share * 2 * quantity)), milliTppPerUnit, level));
  return { list, determination: determinationOf(list) };
}

function pickOf<Entry>(entries: readonly Entry[], place: number): Entry | undefined {
  return entries[place % Math.max(1, entries.length)];
}
