import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { endPaced, keptBytes, writePaced } from './paced.js';

/** A response whose reader takes what was written when it is told to. */
class SlowResponse extends EventEmitter {
  readonly written: number[] = [];
  destroyed = false;
  isEnded = false;

  write(bytes: Buffer): boolean {
    this.written.push(bytes.length);
    return false;
  }

  end(body?: string | Buffer): void {
    if (body !== undefined) this.written.push(body.length);
    this.isEnded = true;
  }

  async read(): Promise<void> {
    this.emit('drain');
    await new Promise((resolve) => setImmediate(resolve));
  }

  async leave(): Promise<void> {
    this.destroyed = true;
    this.emit('close');
    await new Promise((resolve) => setImmediate(resolve));
  }

  get asResponse(): ServerResponse {
    return this as unknown as ServerResponse;
  }
}

describe('an answer that is written as fast as it is read', () => {
  it('has 64 KiB written at once, and tells what it keeps besides', async () => {
    const response = new SlowResponse();
    const written = writePaced(response.asResponse, Buffer.alloc(150_000), 8_000);
    expect([response.written, keptBytes(response.asResponse)]).toEqual([[65_536], 150_000 - 65_536 + 8_000]);
    await response.read();
    expect([response.written, keptBytes(response.asResponse)]).toEqual([[65_536, 65_536], 150_000 - 131_072 + 8_000]);
    await response.read();
    expect([response.written.at(-1), keptBytes(response.asResponse)]).toEqual([150_000 - 131_072, 8_000]);
    await response.read();
    await written;
    expect(keptBytes(response.asResponse)).toBe(0);
  });

  it('is written no further when its reader has left', async () => {
    const response = new SlowResponse();
    const written = writePaced(response.asResponse, Buffer.alloc(1_000_000));
    await response.leave();
    await written;
    expect([response.written.length, keptBytes(response.asResponse), response.listenerCount('drain')]).toEqual([1, 0, 0]);
  });

  it('goes out at once if it is short', () => {
    const short = new SlowResponse();
    endPaced(short.asResponse, 'short');
    expect([short.written, short.isEnded]).toEqual([[5], true]);
  });

  it('is measured in bytes: a long text in letters of two bytes ends behind its last byte', async () => {
    const response = new SlowResponse();
    endPaced(response.asResponse, '\u00e9'.repeat(70_000));
    for (let reads = 0; reads < 3; reads += 1) await response.read();
    expect([response.written, response.isEnded]).toEqual([[65_536, 65_536, 140_000 - 131_072], true]);
  });
});
