import { jest } from '@jest/globals';
import type { Terminal } from '../terminal.js';
import { startMovingProgress } from './moving-progress.js';

function terminal(said: string[]): Terminal {
  const writer = { write: (text: string) => void said.push(text), flushed: () => Promise.resolve(), isTerminal: false, hasColors: false };
  return { out: writer, err: writer };
}

describe('the progress of a long move', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is a line every ten seconds where nobody looks on, with the share that is done where it is known', () => {
    const said: string[] = [];
    const known = startMovingProgress(terminal(said), 'Copying', 5000);
    const unknown = startMovingProgress(terminal(said), 'Loading', undefined);
    for (let seconds = 1; seconds <= 25; seconds += 1) {
      jest.advanceTimersByTime(1000);
      known.update(seconds * 100, seconds * 1000);
      unknown.update(seconds, seconds * 1000);
    }
    known.stop();
    unknown.stop();
    expect(said).toEqual([
      'Copying: 10,000 events (20 %)\n',
      'Loading: 10,000 events\n',
      'Copying: 20,000 events (40 %)\n',
      'Loading: 20,000 events\n',
    ]);
  });
});
