import type { IncomingMessage } from 'node:http';

const headEnd = Buffer.from('\r\n\r\n');
/** Where a chunked body ends only its parser knows: it gets so few bytes at once that few requests can be behind the end. */
const chunkedBytesMax = 4_096;

/** Divides what arrives on a connection into parts that hold the head of one request at most, or a piece of its body. */
export class RequestParts {
  #request: IncomingMessage | undefined;
  /** Of a body whose length is given; undefined for a chunked one. */
  #bytesLeft: number | undefined = 0;

  /** To be called when the parser has read the head of `request`, before the next part is asked for. */
  began(request: IncomingMessage): void {
    this.#request = request;
    const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
    this.#bytesLeft = coding === undefined ? Number(length ?? 0) : undefined;
  }

  /** Whether the bytes that come next are the body of the request that began last. */
  get areBody(): boolean {
    return this.#bytesLeft === undefined ? this.#request?.complete === false : this.#bytesLeft > 0;
  }

  /** The end of the next part of `bytes`, which begins at `start`. The part counts as handed over. */
  endOfNext(bytes: Buffer, start: number): number {
    if (!this.areBody) {
      const at = bytes.indexOf(headEnd, start);
      return at === -1 ? bytes.length : at + headEnd.length;
    }
    const end = Math.min(bytes.length, start + (this.#bytesLeft ?? chunkedBytesMax));
    if (this.#bytesLeft !== undefined) this.#bytesLeft -= end - start;
    return end;
  }
}
