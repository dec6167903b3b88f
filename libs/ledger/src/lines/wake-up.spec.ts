import { jest } from '@jest/globals';
import { WakeUp } from './wake-up.js';

describe('WakeUp', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 0 }));
  afterEach(() => void jest.useRealTimers());

  function waking(): { readonly wakeUp: WakeUp; readonly woken: readonly string[] } {
    const woken: string[] = [];
    return { wakeUp: new WakeUp(() => Date.now(), (line) => woken.push(`${line} ${Date.now()}`)), woken };
  }

  it('wakes each line at its earliest time, once', () => {
    const { wakeUp, woken } = waking();
    wakeUp.at('b', 300);
    wakeUp.at('a', 100);
    wakeUp.at('b', 200);
    wakeUp.at('b', 250);
    jest.advanceTimersByTime(1_000);
    expect(woken).toEqual(['a 100', 'b 200']);
  });

  it('wakes for a time that has passed, in the next moment', () => {
    const { wakeUp, woken } = waking();
    wakeUp.at('a', -5_000);
    expect(woken).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(woken).toEqual(['a 1']);
  });

  it('reaches times that no timer can', () => {
    const { wakeUp, woken } = waking();
    const days90 = 90 * 86_400_000;
    wakeUp.at('a', days90);
    jest.advanceTimersByTime(days90 - 1);
    expect(woken).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(woken).toEqual([`a ${days90}`]);
  });

  it('keeps up with a clock that is set, within a minute', () => {
    const { wakeUp, woken } = waking();
    wakeUp.at('a', 3_600_000);
    jest.setSystemTime(3_600_000);
    jest.advanceTimersByTime(60_000);
    expect(woken).toHaveLength(1);
    wakeUp.at('b', 3_600_000 + 120_000);
    jest.setSystemTime(0);
    jest.advanceTimersByTime(600_000);
    expect(woken).toHaveLength(1);
  });

  it('goes on for the lines that come later, while one is woken again and again', () => {
    const woken: string[] = [];
    const wakeUp: WakeUp = new WakeUp(
      () => Date.now(),
      (line) => {
        woken.push(line);
        if (line === 'a' && woken.length < 5) wakeUp.at('a', Date.now() + 100);
      },
    );
    wakeUp.at('a', 100);
    wakeUp.at('b', 350);
    jest.advanceTimersByTime(1_000);
    expect(woken).toEqual(['a', 'a', 'a', 'b', 'a']);
  });

  it('is quiet once it is stopped', () => {
    const { wakeUp, woken } = waking();
    wakeUp.at('a', 100);
    wakeUp.stop();
    wakeUp.at('b', 100);
    jest.advanceTimersByTime(1_000);
    expect(woken).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
