import type { ExportDebited, QuotaReserved, ReservationAmended, ReservationRefused } from '#ledger';
import { noTpp, toTpp, type MilliTpp, type Reason } from '#rulebook';
import type { DraftApproval, DraftVerdict } from './draft-judge.js';
import type { DecisionSide } from './simulation-result.js';

/** What was decided, as the event says it. */
export function recordedSide(
  event: QuotaReserved | ReservationAmended | ExportDebited | ReservationRefused,
  line: string,
): DecisionSide {
  const { route, milliTpp } = event;
  if (event.type === 'ReservationRefused') {
    return { outcome: 'refused', code: event.code, route, line, milliTpp, debitedMilliTpp: noTpp };
  }
  return { outcome: 'allowed', code: null, route, line, milliTpp, debitedMilliTpp: event.debitedMilliTpp };
}

/** What would have been decided. */
export function simulatedSide(verdict: DraftVerdict): DecisionSide {
  if (verdict.allowed) {
    const { route, line, milliTpp, debitedMilliTpp } = verdict;
    return { outcome: 'allowed', code: null, route, line, milliTpp, debitedMilliTpp };
  }
  const { code, determined } = verdict;
  const { route = null, line = null, milliTpp = null } = determined ?? {};
  return { outcome: 'refused', code, route, line, milliTpp, debitedMilliTpp: noTpp };
}

/**
 * Why the draft decides so: what bars it, or why the recorded route no longer serves, why the one taken does, and that
 * the line has enough left.
 * @param left what the line has left before the decision; null without a cap
 */
export function reasonsOf(
  verdict: DraftVerdict,
  recorded: DecisionSide,
  left: MilliTpp | null,
  itemsCitation: string,
): readonly Reason[] {
  if (!verdict.allowed) return verdict.explain();
  const { determined, route } = verdict;
  const ofRoute = (name: string | null, applicable: boolean): readonly Reason[] =>
    determined.routesConsidered.find((each) => each.route === name && each.applicable === applicable)?.reasons ?? [];
  const reasons = [...ofRoute(recorded.route, false), ...ofRoute(route, true)];
  if (!verdict.sameItems) reasons.push(otherItems(verdict, itemsCitation));
  if (recorded.outcome === 'refused' && left !== null && verdict.debitedMilliTpp > 0) reasons.push(fits(verdict, left));
  return reasons;
}

function otherItems({ items }: DraftApproval, citation: string): Reason {
  const named = items.slice(0, 5).map((item) => {
    const name = item.chip ?? item.description ?? 'an item';
    return `${name} is ${item.eccn} (level ${item.level}) with ${toTpp(item.milliTppPerUnit)} TPP`;
  });
  return { code: 'items-classified-otherwise', text: `Under the draft ${named.join('; ')}.`, citation };
}

function fits({ line, debitedMilliTpp }: DraftApproval, left: MilliTpp): Reason {
  const text = `${toTpp(debitedMilliTpp)} TPP fit: under the draft ${line} has ${toTpp(left)} TPP left.`;
  return { code: 'fits-line', text, citation: 'Quota Ledger: the cap of the line less what is exported and held' };
}
