import { isUtf8 } from 'node:buffer';
import { Problem, invalid } from '../http/problem.js';

export const bulkLinesMax = 10_000;
const lineBytesMax = 65_536;
const newline = 0x0a;
const blanks: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0d, newline]);

/** The lines of a bulk body, each read when its turn comes. Blank ones at the end of the body do not count. */
export class BulkLines {
  readonly #body: Buffer;
  /** Where each line ends, in bytes. */
  readonly #ends: readonly number[];

  /** @throws Problem (413) for more than 10,000 lines, (400) for a body without any */
  constructor(body: Buffer) {
    const end = endOfText(body);
    if (end === 0) throw invalid([{ pointer: '', message: 'the body is empty: one JSON object a line is needed' }]);
    this.#body = body;
    this.#ends = endsOfLines(body, end);
  }

  /** Of the whole body, which stays in memory until the last line is read. */
  get bytes(): number {
    return this.#body.length;
  }

  get length(): number {
    return this.#ends.length;
  }

  /** @throws Problem for a line longer than 64 kB, or bytes that are no UTF-8 */
  at(index: number): string {
    const line = this.#body.subarray((this.#ends[index - 1] ?? -1) + 1, this.#ends[index]);
    if (line.length > lineBytesMax) throw new Problem('body-too-large', 'The line is longer than 64 kB.');
    if (!isUtf8(line)) throw new Problem('malformed-json', 'The line is not valid UTF-8.');
    return line.toString('utf8');
  }
}

function endOfText(body: Buffer): number {
  let end = body.length;
  while (end > 0 && blanks.has(body[end - 1])) end -= 1;
  return end;
}

function endsOfLines(body: Buffer, end: number): readonly number[] {
  const ends: number[] = [];
  for (let at = body.indexOf(newline); at !== -1 && at < end; at = body.indexOf(newline, at + 1)) {
    ends.push(at);
    if (ends.length === bulkLinesMax) throw new Problem('body-too-large', `The body has more than ${bulkLinesMax} lines: split it.`);
  }
  return [...ends, end];
}
