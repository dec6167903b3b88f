import streamsGrpc, { type IStreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type BatchAppendReq, type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type CallOptions, type Client, type Metadata } from '@grpc/grpc-js';

/** A gRPC client of the generated code. */
type Grpc = Client & IStreamsClient;

const { read } = streamsGrpc.StreamsService;
export const { batchAppend } = streamsGrpc.StreamsService;

/** The same client, which hands out what `decode` makes of an answer that carries an event, or the error that it throws. */
export function decodingReads(grpc: Grpc, decode: (answer: Buffer) => unknown): Grpc {
  const deserialize = (answer: Buffer): unknown => {
    const event = decodedOrError(answer, decode);
    return event === undefined ? read.responseDeserialize(answer) : { hasEvent: () => true, getEvent: () => event };
  };
  const open = (request: ReadReq, metadata: Metadata, options: CallOptions): unknown =>
    grpc.makeServerStreamRequest(read.path, read.requestSerialize, deserialize, request, metadata, options);
  return Object.create(grpc, { read: { value: open } }) as Grpc;
}

/** The same client, for which the data of each proposed event is any number of proposed events, written already. */
export function packingAppends(grpc: Grpc): Grpc {
  const open = (metadata: Metadata, options: CallOptions): unknown =>
    grpc.makeBidiStreamRequest(batchAppend.path, serializePacked, batchAppend.responseDeserialize, metadata, options);
  return Object.create(grpc, { batchAppend: { value: open } }) as Grpc;
}

/** Messages may be written in parts: first what the client has put into it, then the events. */
function serializePacked(request: BatchAppendReq): Buffer {
  const packed = request.getProposedMessagesList().map((proposed) => proposed.getData_asU8());
  return Buffer.concat([request.setProposedMessagesList([]).serializeBinary(), ...packed]);
}

/** What is thrown where the client decodes would end the call as one that the server has garbled. */
function decodedOrError(answer: Buffer, decode: (answer: Buffer) => unknown): unknown {
  try {
    return decode(answer);
  } catch (error) {
    return error;
  }
}
