import type { Position, ReservationRefused } from '#ledger';
import { problemBody, type Body } from '#wire';

/** The answer to a request that the rules refused, from its event alone. */
export function refusedBody(event: ReservationRefused, line: string, position: Position): Body<'Problem'> {
  const left = event.availableMilliTpp === null ? null : event.availableMilliTpp / 1000;
  const refusal = {
    code: event.code,
    line,
    requested: event.requestedMilliTpp / 1000,
    available: left,
    reasons: event.reasons,
  };
  return refusalProblem(refusal, { reservationId: event.reservationId, position: String(position) });
}

export interface Refusal {
  readonly code: ReservationRefused['code'];
  readonly line: string;
  /** TPP asked of the line. */
  readonly requested: number;
  /** TPP that the line has left; null without a cap. */
  readonly available: number | null;
  readonly reasons: ReservationRefused['reasons'];
}

/** @param members what else to say, after the code */
export function refusalProblem(refusal: Refusal, members: Readonly<Record<string, unknown>>): Body<'Problem'> {
  const { code, line, requested, available, reasons } = refusal;
  switch (code) {
    case 'insufficient-quota':
      return problemBody(code, `${requested} TPP were asked of ${line}, which has ${available ?? 0} TPP left.`, {
        ...members,
        line,
        requested,
        available,
        largestThatFits: available,
      });
    case 'line-suspended':
      return problemBody(code, suspendedText(line, reasons), {
        ...members,
        line,
        ...(reasons.length > 0 && { reasons }),
      });
    case 'no-allocation':
    case 'route-not-applicable':
    case 'outside-quota-period':
      return problemBody(code, reasons.map(({ text }) => text).join(' ') || `Refused on ${line}.`, {
        ...members,
        line,
        reasons,
        ...(isOfAnotherYear(reasons) && { status: 409 }),
      });
  }
}

/** The request itself is sound, but not for a hold that counts in another year: that may change with its date. */
function isOfAnotherYear(reasons: Refusal['reasons']): boolean {
  return reasons[0]?.code === 'outside-calendar-year';
}

/** A line that was closed by a merger says what carries on its limit. */
function suspendedText(line: string, reasons: Refusal['reasons']): string {
  if (reasons.length > 0) return `The quota line ${line} is closed. ${reasons.map(({ text }) => text).join(' ')}`;
  return `The quota line ${line} is suspended: it takes no new holds and no direct exports.`;
}
