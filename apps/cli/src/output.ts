import { systemErrorText } from './system-error.js';

/** A stream that commands write text to. */
export interface Writer {
  /** @throws OutputLost if standard output takes no more */
  write(text: string): void;
  /** Resolves when all that was written has left the process. @throws OutputLost if it could not */
  flushed(): Promise<void>;
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
}

/** What a command wrote did not arrive: a full disk, or a reader that went away (`quota events | head`). */
export class OutputLost extends Error {
  override readonly name = 'OutputLost';
  /** The reader has what it wanted: that is no fault. */
  readonly isClosed: boolean;

  constructor(where: string, cause: NodeJS.ErrnoException) {
    super(`Cannot write to ${where}: ${systemErrorText(cause)}.`, { cause });
    this.isClosed = cause.code === 'EPIPE';
  }
}

/** Standard output: a command whose result is lost stops. */
export function resultWriter(stream: NodeJS.WriteStream): Writer {
  const assertTaken = keepError(stream, 'standard output');
  return {
    write: (text) => {
      assertTaken();
      stream.write(text);
      assertTaken();
    },
    flushed: async () => {
      await written(stream);
      assertTaken();
    },
    ...lookOf(stream),
  };
}

/** Standard error: a message that is lost stops nothing, `flushed` tells of it. */
export function messageWriter(stream: NodeJS.WriteStream): Writer {
  const assertTaken = keepError(stream, 'standard error');
  return {
    write: (text) => void stream.write(text),
    flushed: async () => {
      await written(stream);
      assertTaken();
    },
    ...lookOf(stream),
  };
}

/** @returns throws OutputLost once the stream has failed, which then is no uncaught error any more */
function keepError(stream: NodeJS.WriteStream, name: string): () => void {
  stream.on('error', () => undefined);
  return () => {
    if (stream.errored) throw new OutputLost(name, stream.errored);
  };
}

/** Files, pipes and terminals are written at once on Linux; elsewhere, and before a slow reader, text may wait. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength > 0) await new Promise((resolve) => stream.write('', resolve));
}

/** `hasColors` of Node obeys NO_COLOR, FORCE_COLOR and TERM. */
function lookOf(stream: NodeJS.WriteStream): Pick<Writer, 'isTerminal' | 'hasColors'> {
  return { isTerminal: stream.isTTY, hasColors: stream.isTTY && stream.hasColors() };
}
