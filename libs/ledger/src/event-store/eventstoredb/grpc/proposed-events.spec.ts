import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import type { NewEvent } from '../../../events/stored-event.js';
import { proposedEvents } from './proposed-events.js';

const event: fc.Arbitrary<NewEvent> = fc.record({
  id: fc.uuid(),
  type: fc.string({ unit: 'grapheme' }),
  json: fc.json({ stringUnit: 'grapheme' }),
});

describe('events as they are proposed', () => {
  it('are what the generated code reads, in their order', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const read = streams.BatchAppendReq.deserializeBinary(proposedEvents(events)).getProposedMessagesList();

        expect(
          read.map((message) => ({
            id: message.getId()?.getString(),
            type: message.getMetadataMap().get('type'),
            contentType: message.getMetadataMap().get('content-type'),
            json: Buffer.from(message.getData_asU8()).toString('utf8'),
            metadata: message.getCustomMetadata_asU8().length,
          })),
        ).toEqual(events.map((proposed) => ({ ...proposed, contentType: 'application/json', metadata: 0 })));
      }),
    );
  });

  it('may be long', () => {
    const json = JSON.stringify({ text: 'Ω'.repeat(100_000) });
    const [read] = streams.BatchAppendReq.deserializeBinary(proposedEvents([{ id: 'i', type: 'T', json }])).getProposedMessagesList();

    expect(Buffer.from(read?.getData_asU8() ?? []).toString('utf8')).toBe(json);
  });
});
