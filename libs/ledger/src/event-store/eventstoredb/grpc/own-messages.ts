import { convertToCommandError } from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsGrpc, { type IStreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams, { type BatchAppendReq, type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type CallOptions, type Client, type Metadata } from '@grpc/grpc-js';
import { TimeLimitReached } from '../connection/time-limit.js';

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

/** Of the whole log: at most `count` events from the one at `from` on; undefined: from the beginning. */
export interface PageRange {
  readonly from: { readonly commit: bigint; readonly prepare: bigint } | undefined;
  readonly count: number;
}

interface PageCall<Event> {
  readonly grpc: Client;
  readonly range: PageRange;
  readonly decode: (answer: Buffer) => Event | undefined;
  readonly metadata: Metadata;
  readonly options: CallOptions;
  readonly limitMs: number;
}

/** Reads a page of the log past the client, whose own reading takes longer than the call and the decoding together. */
export function readPage<Event>({ grpc, range, decode, metadata, options, limitMs }: PageCall<Event>): Promise<Event[]> {
  const events: Event[] = [];
  let failure: Error | undefined;
  const collect = (answer: Buffer): true => {
    try {
      const event = decode(answer);
      if (event !== undefined) events.push(event);
    } catch (error) {
      failure ??= error as Error;
    }
    return true;
  };
  const call = grpc.makeServerStreamRequest(read.path, read.requestSerialize, collect, pageRequest(range), metadata, options);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      call.cancel();
      reject(new TimeLimitReached(limitMs));
    }, limitMs);
    call.on('data', () => undefined);
    call.on('end', () => {
      clearTimeout(timer);
      if (failure === undefined) resolve(events);
      else reject(failure);
    });
    call.on('error', (error) => {
      clearTimeout(timer);
      reject(convertToCommandError(error));
    });
  });
}

function pageRequest({ from, count }: PageRange): ReadReq {
  const { Options } = streams.ReadReq;
  const all = new Options.AllOptions();
  if (from === undefined) all.setStart(new shared.Empty());
  else all.setPosition(new Options.Position().setCommitPosition(String(from.commit)).setPreparePosition(String(from.prepare)));
  const options = new Options()
    .setAll(all)
    .setReadDirection(Options.ReadDirection.FORWARDS)
    .setResolveLinks(false)
    .setCount(String(count))
    .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()))
    .setNoFilter(new shared.Empty());
  return new streams.ReadReq().setOptions(options);
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
