import { canonicalJson, toTpp } from '#rulebook';
import { rejected } from '../outcome/rejected.js';
import { inShares } from './counting.js';
import type {
  CloseLine,
  CountShipment,
  DeclareHoldings,
  RecordAttrition,
  Resume,
  SetAllocation,
  Suspend,
  TakeOver,
} from './line-command.js';
import { ownExported } from './line-state.js';
import { answersById, record, stamp, type Decision, type LineContext } from './recording.js';
import { otherLimits } from './shares.js';

// Decisions about a line as a whole.

export function setAllocation(command: SetAllocation, context: LineContext): Decision {
  const { state } = context;
  const shareLimits = command.shareLimits && otherLimits(state, command.shareLimits);
  const isNews = state.balance.allocation !== command.allocationMilliTpp || state.capBasis !== command.basis;
  const sharesEnded = command.sharesEnded?.filter((scope) => state.shares?.[scope] !== undefined) ?? [];
  if (!isNews && shareLimits === undefined && sharesEnded.length === 0) return [];
  return record(context, {
    type: 'AllocationSet',
    allocationMilliTpp: command.allocationMilliTpp,
    previousMilliTpp: state.balance.allocation,
    basis: command.basis,
    reason: command.reason,
    ...(shareLimits && { shareLimits }),
    ...(sharesEnded.length > 0 && { sharesEnded }),
    ...answersById(command),
    ...stamp(command, context),
  });
}

export function switchLine(command: Suspend | Resume, context: LineContext): Decision {
  const suspend = command.type === 'Suspend';
  if (context.state.suspended === suspend) return [];
  return record(context, {
    type: suspend ? 'LineSuspended' : 'LineResumed',
    reason: command.reason,
    ...answersById(command),
    ...stamp(command, context),
  });
}

/** A line is closed once for each survivor: where that is merged as well, the chain leads on from there. */
export function closeLine({ into, reason, ...issued }: CloseLine, context: LineContext): Decision {
  if (context.state.closedInto === into) return [];
  return record(context, { type: 'LineClosed', into, reason, ...answersById(issued), ...stamp(issued, context) });
}

/** Decides nothing where the line knows this or a later state of the closed one: so it may be sent again and again. */
export function takeOver(command: TakeOver, context: LineContext): Decision {
  const { fromLine, fromRevision, exportedMilliTpp, reservedMilliTpp, ofShares, shareLimits } = command;
  const known = context.state.takenOver?.[fromLine] ?? nothingTaken;
  const isSame = known.exported === exportedMilliTpp && known.reserved === reservedMilliTpp;
  if (known.revision >= fromRevision || isSame) return [];
  const limits = shareLimits && otherLimits(context.state, shareLimits);
  return record(context, {
    type: 'AmountsTakenOver',
    fromLine,
    fromRevision,
    exportedMilliTpp,
    reservedMilliTpp,
    ...(ofShares && { ofShares }),
    ...(limits && { shareLimits: limits }),
    ...answersById(command),
    ...stamp(command, context),
  });
}

const nothingTaken = { revision: -1, exported: 0, reserved: 0 };

/**
 * Never refused, whatever the line has left. It is sent once for each event, whose id is that of the command: who sends it
 * again finds this one. What attrition gave back already is not given back again.
 */
export function countShipment(command: CountShipment, context: LineContext): Decision {
  const { fromLine, fromRevision, fromEventId, shipmentId, destination, exportedBy, reservedBy } = command;
  return record(context, {
    type: 'ShipmentCounted',
    fromLine,
    fromRevision,
    fromEventId,
    shipmentId,
    destination,
    exportedByMilliTpp: Math.max(exportedBy, 0 - ownExported(context.state)),
    reservedByMilliTpp: reservedBy,
    ...inShares(command, context),
    ...answersById(command),
    ...stamp(command, context),
  });
}

/** Decides nothing where the line counts what is declared: so it may be sent again and again. */
export function declareHoldings(command: DeclareHoldings, context: LineContext): Decision {
  const { heldMilliTpp, ofShares, shareLimits, reason } = command;
  const { declared } = context.state;
  const now = heldMilliTpp === 0 ? undefined : { milliTpp: heldMilliTpp, ...(ofShares && { shares: ofShares }) };
  if (canonicalJson(now ?? null) === canonicalJson(declared ?? null)) return [];
  const limits = shareLimits && otherLimits(context.state, shareLimits);
  return record(context, {
    type: 'HoldingsDeclared',
    heldMilliTpp,
    ...(ofShares && { ofShares }),
    ...(limits && { shareLimits: limits }),
    reason,
    ...answersById(command),
    ...stamp(command, context),
  });
}

/** Only what this line counted itself can be given back here: what it took over is given back on the closed line. */
export function recordAttrition(command: RecordAttrition, context: LineContext): Decision {
  const { milliTpp, cause, occurredAt, reason } = command;
  const own = ownExported(context.state);
  if (milliTpp > own) {
    const { takenOver } = context.state;
    const elsewhere = takenOver ? ` What was taken over is given back on ${Object.keys(takenOver).join(', ')}.` : '';
    return rejected(
      'exceeds-installed',
      `${toTpp(milliTpp)} TPP are more than the ${toTpp(own)} TPP that the line counts as installed.${elsewhere}`,
    );
  }
  return record(context, {
    type: 'AttritionRecorded',
    milliTpp,
    cause,
    occurredAt: new Date(occurredAt).toISOString(),
    reason,
    ...answersById(command),
    ...stamp(command, context),
  });
}
