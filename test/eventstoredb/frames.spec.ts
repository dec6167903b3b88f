import fc from 'fast-check';
import { type EventRecord } from './event-record.js';
import { eventFrame } from './frames.js';
import { ReadResp } from './protocol.js';

describe('the frame of an event', () => {
  const record: fc.Arbitrary<EventRecord> = fc.record({
    stream: fc.string({ unit: 'binary', maxLength: 300 }),
    id: fc.uuid(),
    type: fc.string({ unit: 'binary' }),
    contentType: fc.constantFrom('application/json', 'application/octet-stream'),
    data: fc.uint8Array({ maxLength: 300 }),
    metadata: fc.uint8Array({ maxLength: 10 }),
    revision: fc.nat(),
    position: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    writtenTogether: fc.constant(1),
  createdTicks: fc.bigInt({ min: 0n, max: 2n ** 62n }),
  });

  it.each([false, true])('is what the generated code makes of it, with structured ids: %s', (structuredIds) => {
    fc.assert(
      fc.property(record, (event) => {
        const frame = eventFrame({ ...event }, structuredIds);
        const read = ReadResp.deserializeBinary(frame);
        const recorded = read.getEvent()?.getEvent();
        const { most, least } = bitsOf(event.id);
        expect(recorded?.getId()?.toObject()).toMatchObject(
          structuredIds ? { structured: { mostSignificantBits: most, leastSignificantBits: least } } : { string: event.id },
        );
        expect(read.getEvent()?.getCommitPosition()).toBe(String(event.position));
        expect(recorded?.getCommitPosition()).toBe(String(event.position));
        expect(recorded?.getPreparePosition()).toBe(String(event.position));
        expect(recorded?.getStreamRevision()).toBe(String(event.revision));
        expect(Buffer.from(recorded?.getStreamIdentifier()?.getStreamName_asU8() ?? [])).toEqual(Buffer.from(event.stream, 'utf8'));
        expect(new Map(recorded?.getMetadataMap().toObject(true))).toEqual(
          new Map([
            ['type', Buffer.from(event.type, 'utf8').toString('utf8')],
            ['content-type', event.contentType],
            ['created', String(event.createdTicks)],
          ]),
        );
        expect(Buffer.from(recorded?.getData_asU8() ?? [])).toEqual(Buffer.from(event.data));
        expect(Buffer.from(recorded?.getCustomMetadata_asU8() ?? [])).toEqual(Buffer.from(event.metadata));
      }),
    );
  });
});

function bitsOf(id: string): { readonly most: string; readonly least: string } {
  const bits = BigInt(`0x${id.replaceAll('-', '')}`);
  return { most: String(BigInt.asIntN(64, bits >> 64n)), least: String(BigInt.asIntN(64, bits)) };
}
