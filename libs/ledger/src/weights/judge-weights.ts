import {
  authoriseWeights,
  determineWeights,
  isRouted,
  type CompanyLookup,
  type CompiledRulebook,
  type FactProblem,
  type MissingFact,
  type RoutedDetermination,
  type WeightsAuthorisation,
  type WeightsDetermination,
} from '#rulebook';
import type { Draft } from '../events/seal.js';
import type { DeterminedWeights, WeightsEvent } from '../events/weights-event.js';
import type { CommandIdentity, Issued } from '../line/line-command.js';
import { checkExportedAt } from '../line/exported-at.js';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import { partyProblems } from './party-problems.js';
import type { WeightExportRequest, WeightsRequest } from './weights-request.js';

/** What the rules make of weights, and what an export of them would come to. */
export type WeightsAnswer =
  | { readonly determination: RoutedDetermination; readonly authorisation: WeightsAuthorisation }
  | { readonly determination: WeightsDetermination; readonly rejection: Rejected };

/**
 * What an export of weights would come to under a rulebook at `at` (milliseconds), or at the request's `exportedAt`.
 * Rejected: a rulebook without weights, facts that cannot be, or contradict each other or the register of companies. Every `missing` names a member
 * of the request. Pure.
 */
export function judgeWeights(
  rulebook: CompiledRulebook,
  request: WeightsRequest,
  at: number,
  companies?: CompanyLookup,
): WeightsAnswer | Rejected {
  const rules = rulebook.weightsRulebook;
  if (rules === undefined) return notInRulebook(rulebook);
  const found = determineWeights(rules, request.weights, request.consignee, request.exportedAt ?? at);
  if ('problems' in found) return rejectFacts(found.problems);
  const [contradiction, ...more] = partyProblems(request.consignee, companies);
  if (contradiction) return { ...rejected('contradictory-facts', `${contradiction.message}.`), errors: [contradiction, ...more] };
  const determination = { ...found, missing: inRequest(found.missing) };
  if (!isRouted(determination)) return { determination, rejection: undecided(determination) };
  const home = determination.routesConsidered[0]?.reasons.find(({ code }) => code === 'not-an-export');
  if (home) return { determination, rejection: rejectedAt('not-an-export', '/consignee/country', home.text) };
  return { determination, authorisation: authoriseWeights(rules.weights, determination, request) };
}

/**
 * The event that an export of weights comes to, recorded or refused by the rules; or why nothing is recorded: as in
 * `judgeWeights`, an export more than a day ahead, weights whose control the facts leave open, no export at all. Pure.
 */
export function judgeWeightExport(
  rulebook: CompiledRulebook,
  request: WeightExportRequest,
  issued: Issued & { readonly identity: CommandIdentity },
  companies?: CompanyLookup,
): Draft<WeightsEvent> | Rejected {
  const early = checkExportedAt(request.exportedAt, issued.at);
  if (early) return early;
  const judged = judgeWeights(rulebook, request, request.exportedAt, companies);
  if ('decided' in judged) return judged;
  if ('rejection' in judged) return judged.rejection;
  const { route, obligations, refusal } = judged.authorisation;
  const common = { ...factsOf(request, judged.determination, issued), route };
  if (refusal === null) return { type: 'WeightExportRecorded', ...common, obligations };
  return { type: 'WeightExportRefused', ...common, code: refusal.code, reasons: refusal.reasons };
}

/** What both events say. Members that are undefined are not stored. */
function factsOf(
  request: WeightExportRequest,
  determination: RoutedDetermination,
  { at, principal, rulebook, identity }: Issued & { readonly identity: CommandIdentity },
) {
  const { exporter, weights, consignee, exportedAt, route: asked, licence, reference } = request;
  const { commandId, idempotencyKey, requestHash } = identity;
  return {
    v: 1,
    recordedAt: new Date(at).toISOString(),
    principal,
    weightExportId: commandId,
    idempotencyKey,
    requestHash,
    exporter,
    weights,
    ...(consignee && { consignee }),
    exportedAt: new Date(exportedAt).toISOString(),
    ...(asked && { asked }),
    ...(licence !== undefined && { licence }),
    ...(reference !== undefined && { reference }),
    determination: determined(determination),
    rulebook,
  } as const;
}

function determined({ classification, ...found }: RoutedDetermination): DeterminedWeights {
  return {
    control: found.control,
    decidedBy: found.decidedBy,
    operations: classification.operations,
    steps: found.steps,
    route: found.route,
    routesConsidered: found.routesConsidered,
    presumption: found.presumption,
    presumptionReasons: found.presumptionReasons,
    missing: found.missing,
  };
}

function notInRulebook({ document: { id, version } }: CompiledRulebook): Rejected {
  return rejected(
    'not-in-this-rulebook',
    `The rulebook ${id} ${version} says nothing of model weights, so exports of them cannot be determined under it.`,
  );
}

/** Figures and countries that cannot be go before facts that contradict each other. */
function rejectFacts(problems: readonly FactProblem[]): Rejected {
  const isInvalid = problems.some(({ code }) => code === 'invalid');
  const errors = problems.map(({ member, message }) => {
    const pointer = pointerInRequest(member);
    return { pointer, message: `${pointer.slice(pointer.lastIndexOf('/') + 1)} ${message}` };
  });
  const detail = `${errors[0]?.message ?? 'The facts cannot be'}.`;
  return { ...rejected(isInvalid ? 'invalid-request' : 'contradictory-facts', detail), errors };
}

/** Nothing is guessed: what decides must be stated before anything is recorded. */
function undecided({ missing }: WeightsDetermination): Rejected {
  const detail = `Whether the weights are controlled is not known: state ${missing.map(({ member }) => member).join(', ')}.`;
  const errors = missing.map(({ member, text }) => ({ pointer: member, message: text }));
  return { ...rejected('classification-unknown', detail), errors };
}

function inRequest(missing: readonly MissingFact[]): readonly MissingFact[] {
  return missing.map(({ member, text }) => ({ member: pointerInRequest(member), text }));
}

/** Facts are members of `weights`, those of the consignee stand beside it, and so does the moment. */
function pointerInRequest(member: string): string {
  if (member === '/at') return '/exportedAt';
  return /^\/consignee(\/|$)/.test(member) ? member : `/weights${member}`;
}
