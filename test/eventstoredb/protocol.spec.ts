import { credentials, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { connect, event, idOf, NO_STREAM, until } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';

const { BatchAppendReq, ReadReq } = streams;
const { Empty, StreamIdentifier, UUID } = shared;

/** What the client of EventStoreDB never sends, and the protocol has. */
describe('the protocol', () => {
  let db: EventStoreDb;
  let raw: InstanceType<typeof services.StreamsClient>;

  beforeEach(async () => {
    db = await EventStoreDb.start();
    raw = new services.StreamsClient(`127.0.0.1:${db.ports[0]}`, credentials.createInsecure());
  });
  afterEach(async () => {
    raw.close();
    await db.close();
  });

  function chunk(correlation: number, isFinal: boolean, deadline?: Date): InstanceType<typeof BatchAppendReq> {
    const message = new BatchAppendReq.ProposedMessage().setId(new UUID().setString(idOf(correlation))).setData(Buffer.from('{}'));
    message.getMetadataMap().set('type', 'raw').set('content-type', 'application/json');
    const request = new BatchAppendReq().setCorrelationId(new UUID().setString(idOf(correlation))).setIsFinal(isFinal);
    request.addProposedMessages(message);
    if (deadline === undefined) return request;
    const options = new BatchAppendReq.Options()
      .setStreamIdentifier(named(`raw-${correlation}`))
      .setAny(new Empty())
      .setDeadline(timestamps.Timestamp.fromDate(deadline));
    return request.setOptions(options);
  }

  function named(stream: string): InstanceType<typeof StreamIdentifier> {
    return new StreamIdentifier().setStreamName(Buffer.from(stream));
  }

  function opened(): [ClientDuplexStream<InstanceType<typeof BatchAppendReq>, InstanceType<typeof streams.BatchAppendResp>>, string[]] {
    const answers: string[] = [];
    const batches = raw.batchAppend();
    batches.on('data', (answer: InstanceType<typeof streams.BatchAppendResp>) => {
      const details = answer.getError()?.getDetails()?.getTypeName() ?? `revision ${answer.getSuccess()?.getCurrentRevision()}`;
      answers.push(`${answer.getCorrelationId()?.getString().slice(-2)}: ${details}`);
    });
    batches.on('error', () => undefined);
    return [batches, answers];
  }

  const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);

  it('tells the chunks of several appends apart', async () => {
    const [batches, answers] = opened();
    batches.write(chunk(1, false, inSeconds(10)));
    batches.write(chunk(2, false, inSeconds(10)));
    batches.write(chunk(2, true));
    batches.write(chunk(1, true));
    await until(() => answers.length === 2);
    expect(answers).toEqual(['02: revision 1', '01: revision 1']);
    batches.end();
    await until(() => db.openCalls.batchStreams === 0);
  });

  it('gives an append that does not come to an end no longer than its deadline, and drops its last chunk', async () => {
    const [batches, answers] = opened();
    batches.write(chunk(1, false, inSeconds(0.1)));
    await until(() => answers.length === 1);
    batches.write(chunk(1, true));
    batches.write(chunk(2, true, inSeconds(10)));
    await until(() => answers.length === 2);
    expect(answers).toEqual(['01: event_store.client.Timeout', '02: revision 0']);
    expect(db.appends('raw-1')).toEqual([]);
    batches.cancel();
  });

  it('has ids as two numbers for those who want them so', async () => {
    const client = connect(db.url);
    const id = 'f0e1d2c3-b4a5-4687-9788-695a4b3c2d1e';
    await client.appendToStream('a', { ...event(0), id }, { expectedRevision: NO_STREAM });
    const options = new ReadReq.Options()
      .setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(named('a')).setStart(new Empty()))
      .setCount('1')
      .setNoFilter(new Empty())
      .setUuidOption(new ReadReq.Options.UUIDOption().setStructured(new Empty()));
    const ids: (readonly bigint[])[] = [];
    const read = raw.read(new ReadReq().setOptions(options));
    read.on('data', (answer: InstanceType<typeof streams.ReadResp>) => {
      const structured = answer.getEvent()?.getEvent()?.getId()?.getStructured();
      const halves = [structured?.getMostSignificantBits(), structured?.getLeastSignificantBits()];
      ids.push(halves.map((bits) => BigInt.asUintN(64, BigInt(bits ?? 0))));
    });
    await until(() => ids.length === 1);
    expect(ids).toEqual([[0xf0e1d2c3b4a54687n, 0x9788695a4b3c2d1en]]);
    await client.dispose();
  });

  it('has reads with a filter, which this server says that it does not know', async () => {
    const all = new ReadReq.Options.AllOptions().setStart(new Empty());
    const options = new ReadReq.Options().setAll(all).setCount('1').setFilter(new ReadReq.Options.FilterOptions());
    let failure: ServiceError | undefined;
    raw.read(new ReadReq().setOptions(options)).on('data', () => undefined).on('error', (error: ServiceError) => (failure = error));
    await until(() => failure !== undefined);
    expect(failure).toMatchObject({ code: 12, details: 'The test server does not know reads with a filter.' });
  });
});
