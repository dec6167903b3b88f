import type { ClassifiedItem, Consignee, Determination, MilliTpp, Reason } from '#rulebook';
import type { RefusalCode, RefusedOperation, RefusedRequest, Stated } from '../events/line-event.js';
import type { ShareLimits } from '../events/line-parts.js';
import type { Issued } from './line-command.js';
import { roomFor, type LineState } from './line-state.js';
import { answersById, record, stamp, stated, type Decision, type LineContext } from './recording.js';

/** A request that takes something of the line, as the rulebook judged it. */
interface Asked extends Issued, Stated {
  readonly destination: string;
  readonly exporter: string;
  readonly consignee: Consignee | null;
  readonly items: readonly ClassifiedItem[];
  readonly determination: Determination;
  readonly reference: string | null;
  /** Of the shares that would count it. */
  readonly shareLimits?: ShareLimits;
  /** Shares that it may pass. */
  readonly measuredShares?: readonly string[];
}

/**
 * The refusal of a request by the rules, if there is one. The order of the checks is their precedence.
 * @param request what else the request said; asked for only where it is refused
 */
export function refuse(
  asked: Asked,
  context: LineContext,
  operation: RefusedOperation,
  reservationId: string,
  requested: MilliTpp,
  request: () => RefusedRequest,
): Decision | undefined {
  const { determination } = asked;
  const left = roomFor(context.state, asked.shareLimits, asked.measuredShares);
  const because = (code: RefusalCode, reasons: readonly Reason[]): Decision =>
    record(context, {
      type: 'ReservationRefused',
      operation,
      reservationId,
      code,
      reasons,
      destination: asked.destination,
      exporter: asked.exporter,
      ...(asked.consignee && { consignee: asked.consignee }),
      ...stated(asked),
      route: determination.route,
      items: asked.items.map(plainItem),
      milliTpp: determination.milliTpp,
      requestedMilliTpp: requested,
      availableMilliTpp: left,
      reference: asked.reference,
      ...request(),
      ...answersById(asked),
      ...stamp(asked, context),
    });
  const bar = determination.refusal ?? barOf(context.state, requested, left);
  return bar && because(bar.code, bar.reasons);
}

/**
 * What bars a request on a line that the rulebook lets through; undefined where it may be recorded.
 * @param left as `roomFor` has it
 */
export function barOf(
  { closedInto, suspended }: Pick<LineState, 'closedInto' | 'suspended'>,
  requested: number,
  left: MilliTpp | null,
): { readonly code: RefusalCode; readonly reasons: readonly Reason[] } | undefined {
  if (closedInto !== undefined) return { code: 'line-suspended', reasons: [closed(closedInto)] };
  if (suspended) return { code: 'line-suspended', reasons: [] };
  return left !== null && requested > left ? { code: 'insufficient-quota', reasons: [] } : undefined;
}

function closed(into: string): Reason {
  const text = `The companies were merged: ${into} carries on this limit and takes new holds and exports in its place.`;
  return { code: 'line-closed', text, citation: '15 CFR 740.29(h)(1); 15 CFR 748.15(a)(1)' };
}

/** The item as it is recorded: without what was exported of it. */
export function plainItem(item: ClassifiedItem): ClassifiedItem {
  const { chip, description, eccn, level, quantity, milliTppPerUnit, datacenter, route } = item;
  const plain = { chip, description, eccn, level, quantity, milliTppPerUnit };
  if (datacenter === undefined && route === undefined) return plain;
  return { ...plain, ...(datacenter === false && { datacenter }), ...(route && { route }) };
}
