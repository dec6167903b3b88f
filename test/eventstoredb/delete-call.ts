import { type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { expectedBy, nameOf } from './append-request.js';
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
  const expected = options === undefined ? 'any' : expectedBy(options, options.hasRevision() ? options.getRevision() : undefined);
  const result = node.log.delete(stream, expected, forAllTime);
  if (result.kind === 'deleted') return reply(serverErrors.streamDeleted(stream));
  if (result.kind === 'wrong-version') {
    const operation = forAllTime ? 'Tombstone' : 'Delete';
    return reply(serverErrors.wrongVersion(operation, stream, expectedNumber(expected), result.current));
  }
  const position = new DeleteResp.Position().setCommitPosition(String(result.position)).setPreparePosition(String(result.position));
  reply(null, new DeleteResp().setPosition(position));
}

/** As numbers of the server have it: any version is -2, an existing stream -4. */
function expectedNumber(expected: Expected): number {
  return expected === 'any' ? -2 : expected === 'stream_exists' ? -4 : expected;
}
