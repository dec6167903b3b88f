import { type RecordedEvent } from '@eventstore/db-client';
import fc from 'fast-check';
import { canonicalJson } from '#rulebook';
import { digestOf, eventId } from '../../../events/seal.js';
import type { NewEvent } from '../../../events/stored-event.js';
import { eventData, storedEvent } from './recorded-event.js';

/** What the client makes of an event on its way to the server and back. */
function roundTrip(stream: string, revision: number, event: NewEvent): RecordedEvent {
  const { id, type, data } = eventData(event);
  const sent = JSON.stringify(data);
  return {
    id,
    type,
    streamId: `p-${stream}`,
    revision: BigInt(revision),
    data: JSON.parse(sent),
    isJson: true,
    metadata: undefined,
    created: new Date(0),
    position: { commit: 77n, prepare: 77n },
  };
}

const members = fc.dictionary(
  fc.oneof(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 99 }).map(String), fc.constantFrom('__proto__', 'a', '-1')),
  fc.jsonValue({ stringUnit: 'binary' }),
);

describe('an event on its way through the cluster', () => {
  it('is the same text afterwards, whatever its members are called', () => {
    fc.assert(
      fc.property(members, (value) => {
        const json = canonicalJson({ ...value, type: 'T' });
        const event = { id: eventId('a', 3, digestOf(json)), type: 'T', json };

        expect(storedEvent(roundTrip('a', 3, event), 'p-')).toEqual({ ...event, stream: 'a', revision: 3, position: 77 });
      }),
    );
  });

  it.each([
    ['is no JSON', { isJson: false, data: Buffer.from('{}') }],
    ['is JSON that cannot be parsed', { data: '{' }],
    ['has half a character', { data: { type: 'T', text: '\ud800' } }],
    ['has an id that is not of its content', { id: '00000000-0000-4000-8000-000000000001' }],
    ['has no position', { position: undefined }],
  ])('is refused when it %s', (_, changed) => {
    const json = '{"type":"T"}';
    const recorded = { ...roundTrip('a', 0, { id: eventId('a', 0, digestOf(json)), type: 'T', json }), ...changed } as RecordedEvent;

    expect(() => storedEvent(recorded, 'p-')).toThrow('p-a is not of Quota Ledger');
  });
});
