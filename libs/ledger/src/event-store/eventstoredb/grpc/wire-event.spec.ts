import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { wireEventIn } from './wire-event.js';

const { ReadResp } = streams;
const { StreamIdentifier, UUID } = shared;

interface Sent {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly commit: number;
  readonly prepare: number;
  readonly data: Uint8Array;
  readonly type: string;
}

/** The answer as the generated code writes it. */
function answer({ id, name, revision, commit, prepare, data, type }: Sent, link?: Sent): InstanceType<typeof ReadResp> {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(id))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(name, 'utf8')))
    .setStreamRevision(String(revision))
    .setCommitPosition(String(commit))
    .setPreparePosition(String(prepare))
    .setCustomMetadata(Uint8Array.of(1, 2, 3))
    .setData(data);
  recorded.getMetadataMap().set('created', '638000000000000000').set('type', type).set('content-type', 'application/json');
  const event = new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(commit));
  if (link) event.setLink(answer(link).getEvent()?.getEvent());
  return new ReadResp().setEvent(event);
}

const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const sent: fc.Arbitrary<Sent> = fc.record({
  id: fc.uuid(),
  name: text,
  revision: number,
  commit: number,
  prepare: number,
  data: fc.uint8Array({ maxLength: 300 }),
  type: text,
});
const example: Sent = { id: 'i', name: 'quota-country:AE', revision: 1, commit: 2, prepare: 2, data: Buffer.from('{}'), type: 'T' };

describe('an event on the wire', () => {
  it('is read as the generated code writes it', () => {
    fc.assert(
      fc.property(sent, fc.option(sent, { nil: undefined }), (event, link) => {
        const read = wireEventIn(Buffer.from(answer(event, link).serializeBinary()));

        const { type, data, ...plain } = event;
        expect(read).toMatchObject(plain);
        expect(read?.header('type')).toBe(type);
        expect(read?.header('content-type')).toBe('application/json');
        expect(read?.header('other')).toBe('');
        expect(read?.data.equals(data)).toBe(true);
      }),
    );
  });

  it('may have fields that are not known yet', () => {
    // Field 15 in each of the four forms there are.
    const unknown = Buffer.from([0x78, 0xff, 0x01, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7a, 2, 9, 9, 0x7d, 1, 2, 3, 4]);
    const known = Buffer.from(answer(example).serializeBinary());

    expect(wireEventIn(Buffer.concat([unknown, known, unknown]))).toMatchObject({ id: 'i', name: 'quota-country:AE' });
  });

  it('is not in other answers', () => {
    const checkpoint = new ReadResp().setCheckpoint(new ReadResp.Checkpoint().setCommitPosition('7').setPreparePosition('7'));

    expect(wireEventIn(Buffer.from(checkpoint.serializeBinary()))).toBeUndefined();
    expect(wireEventIn(Buffer.from(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()).serializeBinary()))).toBeUndefined();
    expect(wireEventIn(Buffer.alloc(0))).toBeUndefined();
  });

  it('is refused when it ends too early or is no message', () => {
    const whole = Buffer.from(answer(example).serializeBinary());

    expect(() => wireEventIn(whole.subarray(0, whole.length - 1))).toThrow('ends before its end');
    expect(() => wireEventIn(Buffer.from([0x0a, 0x02, 0x0b, 0x00]))).toThrow('of a form that protocol buffers do not have');
  });
});
