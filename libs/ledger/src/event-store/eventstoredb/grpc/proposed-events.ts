import type { NewEvent } from '../../../events/stored-event.js';
import { BackwardsWriter } from './backwards-writer.js';

/** More than id, headers, lengths and tags of an event take together. */
const otherBytesMax = 160;

/**
 * Events as `BatchAppendReq.proposed_messages`, their very bytes as JSON. Left to itself the client writes JSON that must
 * be parsed before, turns it into base64 and back, and writes each message twice: most of what an append costs.
 */
export function proposedEvents(events: readonly NewEvent[]): Buffer {
  const bytesMax = events.reduce((sum, { json, type, id }) => sum + Buffer.byteLength(json) + Buffer.byteLength(type) + id.length + otherBytesMax, 0);
  const message = new BackwardsWriter(bytesMax);
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const { id, type, json } = events[index] as NewEvent;
    message.nested(3, () => {
      message.text(4, json);
      header(message, 'content-type', 'application/json');
      header(message, 'type', type);
      message.nested(1, () => message.text(2, id));
    });
  }
  return message.message;
}

function header(message: BackwardsWriter, name: string, value: string): void {
  message.nested(2, () => {
    message.text(2, value);
    message.text(1, name);
  });
}
