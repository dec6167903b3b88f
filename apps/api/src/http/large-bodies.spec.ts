import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LargeBodies } from './large-bodies.js';

const mebibyte = 1024 * 1024;
const limit = 8 * mebibyte;
const request = (length?: number): IncomingMessage => ({ headers: length === undefined ? {} : { 'content-length': String(length) } }) as IncomingMessage;
const response = (): ServerResponse => new EventEmitter() as ServerResponse;

describe('large bodies', () => {
  it('are refused while 32 MiB of them are worked on, and taken again when one is answered', () => {
    const bodies = new LargeBodies();
    const first = response();
    bodies.take(request(limit), first, limit);
    for (let n = 0; n < 3; n += 1) bodies.take(request(limit), response(), limit);
    const more = (): void => bodies.take(request(1), response(), limit);
    expect(more).toThrow(expect.objectContaining({ code: 'busy', status: 503 }));
    first.emit('close');
    expect(more).not.toThrow();
  });

  it('count in full where their length is not told, and no more than is read where it is too long', () => {
    for (const length of [undefined, 1e12, NaN]) {
      const bodies = new LargeBodies();
      for (let n = 0; n < 4; n += 1) bodies.take(request(length), response(), limit);
      expect(() => bodies.take(request(1), response(), limit)).toThrow();
    }
  });
});
