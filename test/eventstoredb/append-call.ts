import { type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import { appendRequestOf, type AppendRequest } from './append-request.js';
import { type Expected } from './commit-check.js';
import { performAppend, type AppendVerdict, type NotDone } from './perform-append.js';
import { AppendResp, Empty, type AppendAnswer, type AppendReq } from './protocol.js';
import { serverErrors, type CallFailure } from './server-errors.js';
import { refusalOf, type ServingNode } from './serving-node.js';

export type UnaryAppendCall = ServerReadableStream<AppendReq, AppendAnswer>;

/** Append: one stream of messages in, one answer out. Clients use it where credentials go with the call. */
export function serveAppend(node: ServingNode, call: UnaryAppendCall, reply: sendUnaryData<AppendAnswer>): void {
  const ended = node.calls.begin('appends');
  let request: AppendRequest | undefined;
  call.on('cancelled', ended);
  call.on('data', (message: AppendReq) => {
    const options = message.getOptions();
    const proposed = message.getProposedMessage();
    if (options !== undefined) request = appendRequestOf(options);
    if (proposed !== undefined) request?.add(proposed);
  });
  call.on('end', () => {
    const refusal = refusalOf(node, call);
    if (refusal !== undefined || request === undefined) {
      ended();
      reply(refusal ?? serverErrors.unimplemented('an append without options'));
      return;
    }
    const { stream } = request;
    const fault = node.faults.strike('append', stream);
    const complete = request;
    const act = (): void => {
      if (call.cancelled) return;
      const outcome = performAppend(node, complete, fault);
      if (outcome.act === 'silence') return;
      ended();
      if (outcome.act === 'answer') answer(node, complete, outcome.verdict, reply);
      else if (outcome.act === 'cut') node.cut(call);
      else reply(outcome.act === 'fail' ? outcome.failure : serverErrors.refused());
    };
    if (fault?.kind === 'delay') setTimeout(act, fault.delayMs);
    else act();
  });
}

function answer(node: ServingNode, { stream, expected }: AppendRequest, verdict: AppendVerdict, reply: sendUnaryData<AppendAnswer>): void {
  switch (verdict.kind) {
    case 'written':
    case 'idempotent': {
      const position = new AppendResp.Position().setCommitPosition(String(verdict.position)).setPreparePosition(String(verdict.position));
      const success = new AppendResp.Success().setPosition(position);
      if (verdict.revision < 0) success.setNoStream(new Empty());
      else success.setCurrentRevision(String(verdict.revision));
      return reply(null, new AppendResp().setSuccess(success));
    }
    case 'wrong-version':
      return reply(null, new AppendResp().setWrongExpectedVersion(wrongVersion(expected, verdict.current)));
    default:
      return reply(failureOf(verdict.kind, node, stream));
  }
}

function wrongVersion(expected: Expected, current: number): InstanceType<typeof AppendResp.WrongExpectedVersion> {
  const answered = new AppendResp.WrongExpectedVersion();
  if (current < 0) answered.setCurrentNoStream(new Empty());
  else answered.setCurrentRevision(String(current));
  if (expected === 'any') return answered.setExpectedAny(new Empty());
  if (expected === 'stream_exists') return answered.setExpectedStreamExists(new Empty());
  return expected < 0 ? answered.setExpectedNoStream(new Empty()) : answered.setExpectedRevision(String(expected));
}

function failureOf(kind: Exclude<NotDone['kind'], 'wrong-version'>, node: ServingNode, stream: string): CallFailure {
  switch (kind) {
    case 'deleted':
      return serverErrors.streamDeleted(stream);
    case 'too-large':
      return serverErrors.appendTooLarge(node.options.maxAppendSize);
    case 'timeout':
      return serverErrors.timeout();
    case 'not-ready':
      return serverErrors.notReady();
    case 'access-denied':
      return serverErrors.accessDenied();
  }
}
