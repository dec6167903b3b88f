import type { ServerResponse } from 'node:http';

/** Bytes that are written before the reader must have taken them. */
const partBytes = 65_536;

/** What answers keep in memory until their readers take more, besides what is written. */
const kept = new WeakMap<ServerResponse, number>();

/** Bytes that the answer keeps for its reader besides `writableLength`; 0 if its reader is not waited for. */
export function keptBytes(response: ServerResponse): number {
  return kept.get(response) ?? 0;
}

/**
 * Writes `bytes` in parts, each when the reader has taken the one before. Resolves when all are written, or when there
 * is nobody left to read them.
 * @param sourceBytes bytes of what the rest of the answer is made from, where that stays in memory meanwhile
 */
export async function writePaced(response: ServerResponse, bytes: Buffer, sourceBytes = 0): Promise<void> {
  for (let start = 0; start < bytes.length && !response.destroyed; start += partBytes) {
    if (response.write(bytes.subarray(start, start + partBytes))) continue;
    kept.set(response, Math.max(0, bytes.length - start - partBytes) + sourceBytes);
    await drained(response);
    kept.delete(response);
  }
}

/** Ends the answer with `body`; a long one is written as fast as it is read. */
export function endPaced(response: ServerResponse, body: string | Buffer): void {
  if (body.length <= partBytes) {
    response.end(body);
    return;
  }
  void writePaced(response, typeof body === 'string' ? Buffer.from(body) : body).then(() => response.end());
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve();
      return;
    }
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
