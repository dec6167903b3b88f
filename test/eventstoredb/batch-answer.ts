import { status } from '@grpc/grpc-js';
import { type AppendRequest } from './append-request.js';
import { type Expected } from './commit-check.js';
import { streamIdentifier } from './frames.js';
import { type AppendVerdict, type NotDone } from './perform-append.js';
import {
  AccessDenied,
  AllStreamPosition,
  Any,
  BatchAppendResp,
  GoogleEmpty,
  MaximumAppendSizeExceeded,
  Status,
  StreamDeleted,
  Timeout,
  UUID,
  WrongExpectedVersion,
  type BatchAnswer,
  type Message,
  type RpcStatus,
} from './protocol.js';

/** The answer to one append of a batch stream: success, or a status whose details name the kind of error. */
export function batchAnswer(correlationId: string, request: AppendRequest, verdict: AppendVerdict, maxAppendSize: number): BatchAnswer {
  const answer = new BatchAppendResp()
    .setCorrelationId(new UUID().setString(correlationId))
    .setStreamIdentifier(streamIdentifier(request.stream));
  if (!('position' in verdict)) return answer.setError(errorOf(request, verdict, maxAppendSize));
  const position = String(verdict.position);
  const success = new BatchAppendResp.Success().setPosition(
    new AllStreamPosition().setCommitPosition(position).setPreparePosition(position),
  );
  if (verdict.revision < 0) success.setNoStream(new GoogleEmpty());
  else success.setCurrentRevision(String(verdict.revision));
  return answer.setSuccess(success);
}

function errorOf(
  { stream, expected }: AppendRequest,
  verdict: NotDone,
  maxAppendSize: number,
): RpcStatus {
  switch (verdict.kind) {
    case 'wrong-version':
      return ours(status.FAILED_PRECONDITION, 'WrongExpectedVersion', wrongVersion(expected, verdict.current));
    case 'deleted':
      return ours(status.FAILED_PRECONDITION, 'StreamDeleted', new StreamDeleted().setStreamIdentifier(streamIdentifier(stream)));
    case 'too-large':
      return ours(status.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', new MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize));
    case 'timeout':
      return ours(status.DEADLINE_EXCEEDED, 'Timeout', new Timeout());
    case 'access-denied':
      return ours(status.PERMISSION_DENIED, 'AccessDenied', new AccessDenied());
    case 'not-ready':
      // Not an error of the protocol: clients have to make do with the message.
      return rpcStatus(status.OK, 'Server Is Not Ready', 'google.protobuf.Empty', new GoogleEmpty());
  }
}

function wrongVersion(expected: Expected, current: number): Message {
  const details = new WrongExpectedVersion();
  if (current < 0) details.setCurrentNoStream(new GoogleEmpty());
  else details.setCurrentStreamRevision(String(current));
  if (expected === 'any') return details.setExpectedAny(new GoogleEmpty());
  if (expected === 'stream_exists') return details.setExpectedStreamExists(new GoogleEmpty());
  return expected < 0 ? details.setExpectedNoStream(new GoogleEmpty()) : details.setExpectedStreamPosition(String(expected));
}

function ours(code: status, name: string, details: Message): RpcStatus {
  return rpcStatus(code, name, `event_store.client.${name}`, details);
}

function rpcStatus(code: number, message: string, type: string, details: Message): RpcStatus {
  const packed = new Any();
  packed.pack(details.serializeBinary(), type);
  return new Status().setCode(code).setMessage(message).setDetails(packed);
}
