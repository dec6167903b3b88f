/** Characters that a line may have: far more than the longest event, a whole rulebook, and less than memory. */
const lengthMax = 64 * 2 ** 20;

/** A line of text and its number in the file, from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** The lines of a stream of UTF-8 text, without their ends and without empty ones. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  for await (const lines of numberedLinesOf(bytes)) for (const { text } of lines) yield text;
}

/**
 * The same, as many at once as have come, with the numbers that an editor shows.
 * @throws RangeError for a line that has no end within any reason
 */
export async function* numberedLinesOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<readonly NumberedLine[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let number = 0;
  const numbered = (text: string): readonly NumberedLine[] => {
    number += 1;
    return text === '' || text === '\r' ? [] : [{ number, text }];
  };
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > lengthMax) throw new RangeError(`line ${number + lines.length + 1} has no end: this is no file of lines`);
    yield lines.flatMap(numbered);
  }
  yield numbered(rest);
}
