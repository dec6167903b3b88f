import { type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { nameOf } from './append-request.js';
import { type Expected } from './commit-check.js';
import { DeleteResp, type DeleteAnswer, type DeleteReq, type TombstoneReq } from './protocol.js';
import { serverErrors } from './server-errors.js';
import { refusalOf, type ServingNode } from './serving-node.js';

/** Delete and Tombstone, whose messages are the same on the wire. A tombstone is for all time to come. */
export function serveDelete(
  node: ServingNode,
  call: ServerUnaryCall<DeleteReq | TombstoneReq, DeleteAnswer>,
  reply: sendUnaryData<DeleteAnswer>,
  forAllTime: boolean,
): void {
  const refusal = refusalOf(node, call);
  if (refusal !== undefined) return reply(refusal);
  if (node.leader() === undefined) return reply(serverErrors.notReady());
  const options = call.request.getOptions();
  const stream = nameOf(options);
  const expected: Expected = options?.hasRevision() === true ? Number(options.getRevision()) : options?.hasNoStream() === true ? -1 : 'any';
  const result = node.log.delete(stream, expected, forAllTime);
  if (result.kind === 'deleted') return reply(serverErrors.streamDeleted(stream));
  if (result.kind === 'wrong-version') {
    return reply(serverErrors.wrongVersion(forAllTime ? 'Tombstone' : 'Delete', stream, expected === 'any' ? -2 : expected, result.current));
  }
  const position = new DeleteResp.Position().setCommitPosition(String(result.position)).setPreparePosition(String(result.position));
  reply(null, new DeleteResp().setPosition(position));
}
