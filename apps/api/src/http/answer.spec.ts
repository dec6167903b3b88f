import type { FastifyReply } from 'fastify';
import { ReadingTurns } from './reading-turns.js';
import { answerInPieces } from './answer.js';

describe('an answer in pieces', () => {
  /** The text that was written, and the turn of the event loop in which each piece was made. */
  async function answered(pieces: number, leftAfter = Infinity): Promise<{ readonly text: string; readonly madeIn: readonly number[] }> {
    let turn = 0;
    let isOver = false;
    const count = (): void => {
      turn += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const madeIn: number[] = [];
    function* made(): Generator<string> {
      for (let piece = 0; piece < pieces; piece += 1) {
        madeIn.push(turn);
        yield `${piece};`;
      }
    }
    let text = '';
    const raw = {
      destroyed: false,
      writeHead: () => undefined,
      write: (piece: string) => ((text += piece), (raw.destroyed = text.split(';').length > leftAfter), true),
      end: () => (text += 'end'),
    };
    await answerInPieces({ hijack: () => undefined, raw } as unknown as FastifyReply, 'text/csv', made(), new ReadingTurns());
    isOver = true;
    return { text, madeIn };
  }

  it('has one piece made in a turn of the event loop', async () => {
    const { text, madeIn } = await answered(5);
    expect(text).toBe('0;1;2;3;4;end');
    expect(new Set(madeIn).size).toBe(5);
  });

  it('is made no further when its reader has left', async () => {
    expect(await answered(1_000, 3)).toMatchObject({ text: '0;1;2;', madeIn: { length: 4 } });
  });
});
