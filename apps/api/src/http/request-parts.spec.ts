import type { IncomingMessage } from 'node:http';
import { RequestParts } from './request-parts.js';

/** A request as its parser knows it: whether its body has come whole is told by hand. */
function request(headers: Readonly<Record<string, string>>): { readonly message: IncomingMessage; end(): void } {
  const message = { headers, complete: false };
  return { message: message as unknown as IncomingMessage, end: () => (message.complete = true) };
}

/** The lengths of the parts of `bytes`. */
function lengthsOf(parts: RequestParts, bytes: Buffer): number[] {
  const lengths: number[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = parts.endOfNext(bytes, start);
    lengths.push(end - start);
    start = end;
  }
  return lengths;
}

describe('the parts of what arrives on a connection', () => {
  const head = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

  it('hold the head of one request each', () => {
    expect(lengthsOf(new RequestParts(), Buffer.from(`${head.repeat(1_600)}GET /`))).toEqual([...Array<number>(1_600).fill(head.length), 5]);
  });

  it('are not divided at the blank lines of a body, and end where it ends', () => {
    const parts = new RequestParts();
    parts.began(request({ 'content-length': '8000' }).message);
    expect(parts.areBody).toBe(true);
    expect(lengthsOf(parts, Buffer.from('\r\n'.repeat(2_000)))).toEqual([4_000]);
    expect(lengthsOf(parts, Buffer.from('\r\n'.repeat(2_000) + head + head))).toEqual([4_000, head.length, head.length]);
    expect(parts.areBody).toBe(false);
  });

  it('are short while a chunked body lasts, whose end only the parser knows', () => {
    const parts = new RequestParts();
    const { message, end } = request({ 'transfer-encoding': 'chunked' });
    parts.began(message);
    expect(lengthsOf(parts, Buffer.alloc(10_000, '\r\n'))).toEqual([4_096, 4_096, 1_808]);
    end();
    expect(parts.areBody).toBe(false);
    expect(lengthsOf(parts, Buffer.from(head + head))).toEqual([head.length, head.length]);
  });
});
