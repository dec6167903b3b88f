import { type AppendRequest } from './append-request.js';
import { type AppendResult } from './event-log.js';
import { type Fault } from './faults.js';
import { serverErrors, type CallFailure } from './server-errors.js';
import { isModern, type ServingNode } from './serving-node.js';

/** An append that was done, now or before, or was not. */
export type AppendVerdict = Done | NotDone;
export type Done = Extract<AppendResult, { readonly position: number }>;
export type NotDone =
  | Exclude<AppendResult, Done>
  | { readonly kind: 'too-large' | 'timeout' | 'not-ready' | 'access-denied' };

/** What becomes of an append: an answer, or one of the ways not to get any. */
export type AppendOutcome =
  | { readonly act: 'answer'; readonly verdict: AppendVerdict }
  | { readonly act: 'fail'; readonly failure: CallFailure }
  | { readonly act: 'cut' | 'end' | 'silence' };

/** Appends to the log of the node, as far as a fault lets it. */
export function performAppend(node: ServingNode, request: AppendRequest, fault: Fault | undefined): AppendOutcome {
  if (isTooLarge(node, request)) return answer({ kind: 'too-large' });
  const prevented = fault === undefined ? undefined : preventedBy(fault, node, request);
  if (prevented !== undefined) return prevented;
  const standing = node.standing();
  if (standing === 'cut-off') return answer({ kind: 'timeout' });
  if (standing !== 'in-touch' || node.leader() === undefined) return answer({ kind: 'not-ready' });
  const result = node.log.append(request.stream, request.expected, request.events);
  switch (fault?.kind) {
    case 'drop-after':
      return { act: 'cut' };
    case 'lose-answer':
      return { act: 'silence' };
    case 'timeout-after':
      return answer({ kind: 'timeout' });
    default:
      return answer(result);
  }
}

/** Before 24 the server counts nothing but the data. */
export function isTooLarge(node: ServingNode, { bytes, dataBytes }: AppendRequest): boolean {
  return (isModern(node) ? bytes : dataBytes) > node.options.maxAppendSize;
}

function preventedBy(fault: Fault, node: ServingNode, request: AppendRequest): AppendOutcome | undefined {
  switch (fault.kind) {
    case 'refuse':
      return { act: 'fail', failure: serverErrors.refused() };
    case 'fail':
      return { act: 'fail', failure: serverErrors.failed(fault.code) };
    case 'not-leader':
      return { act: 'fail', failure: serverErrors.notLeader(node.leader()) };
    case 'shut-down':
      return { act: 'fail', failure: serverErrors.shutDown() };
    case 'hang':
      return { act: 'silence' };
    case 'drop-before':
      return { act: 'cut' };
    case 'end':
      return { act: 'end' };
    case 'not-ready':
    case 'timeout':
      return answer({ kind: fault.kind });
    case 'wrong-version':
      return answer({ kind: 'wrong-version', current: node.log.stream(request.stream).events.length - 1 });
    default:
      return undefined;
  }
}

function answer(verdict: AppendVerdict): AppendOutcome {
  return { act: 'answer', verdict };
}
