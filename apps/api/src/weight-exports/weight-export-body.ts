import type { DeterminedWeights, Position, Revision, WeightExportRefused, WeightsAnswer, WeightsEvent } from '#ledger';
import type { WeightsDetermination, WeightsObligation } from '#rulebook';
import { problemBody, type Body } from '#wire';
import { rejectedBody } from '../reservations/outcome.js';

/** An export of weights, or the refusal of one, from its event alone: it never changes. */
export function weightExportBody(event: WeightsEvent, revision: Revision, position: Position): Body<'WeightExport'> {
  const { hash, id, version } = event.rulebook;
  const isRefused = event.type === 'WeightExportRefused';
  return {
    id: event.weightExportId,
    status: isRefused ? 'refused' : 'recorded',
    exporter: event.exporter,
    weights: event.weights,
    ...(event.consignee && { consignee: event.consignee }),
    exportedAt: event.exportedAt,
    ...(event.asked && { asked: event.asked }),
    ...(event.licence !== undefined && { licence: event.licence }),
    ...determinedBody(event.determination),
    route: event.route,
    obligations: isRefused ? [] : dutiesBody(event.obligations),
    refusal: isRefused ? { code: event.code, reasons: event.reasons } : null,
    reference: event.reference ?? null,
    recordedAt: event.recordedAt,
    revision,
    position: String(position),
    rulebook: { id, version, hash },
  };
}

/** The answer to a request that the rules refused, from its event alone. */
export function refusedExport(event: WeightExportRefused, position: Position): Body<'Problem'> {
  const recorded = { weightExportId: event.weightExportId, position: String(position) };
  return refusalProblem(event, event.determination.presumption, recorded);
}

/** What an export would come to. */
export function weightsDeterminationBody(answer: WeightsAnswer): Body<'WeightsDetermination'> {
  const { determination } = answer;
  const { route, obligations, classification } = determination;
  const body = determinedBody({ ...determination, operations: classification.operations });
  if ('rejection' in answer) {
    return { ...body, route, obligations: dutiesBody(obligations), wouldBeRefused: rejectedBody(answer.rejection) };
  }
  const { refusal, ...taken } = answer.authorisation;
  return {
    ...body,
    route: taken.route,
    obligations: dutiesBody(refusal === null ? taken.obligations : obligations),
    wouldBeRefused: refusal && refusalProblem({ ...refusal, route: taken.route }, determination.presumption, {}),
  };
}

function determinedBody(determined: Omit<DeterminedWeights, 'route'>): Omit<Body<'WeightsDetermination'>, 'route' | 'obligations' | 'wouldBeRefused'> {
  const { control, decidedBy, operations, steps, routesConsidered, presumption, presumptionReasons, missing } = determined;
  return { control, decidedBy, operations, steps, routesConsidered, presumption, presumptionReasons, missing };
}

function dutiesBody(obligations: readonly WeightsObligation[]): Body<'WeightExport'>['obligations'] {
  return obligations.map(({ code, text, citation, dueAt }) => ({ kind: code, text, citation, dueAt }));
}

function refusalProblem(
  { code, reasons, route }: Pick<WeightExportRefused, 'code' | 'reasons' | 'route'>,
  presumption: WeightsDetermination['presumption'],
  members: Readonly<Record<string, unknown>>,
): Body<'Problem'> {
  return problemBody(code, reasons.map(({ text }) => text).join(' '), { ...members, route, presumption, reasons });
}
