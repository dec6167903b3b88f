import { lineOfStream, type LineEvent } from '#ledger';
import { balanceAfter, dayOfNumber, dayNumber, usedOf, useOfEvent, windowDays, type UseDay } from '../views/daily-use/daily-use.js';
import type { LineUseHistory } from './backtest.js';

interface Recorded extends UseDay {
  readonly line: string;
  readonly recordedOn: string;
}

/** Gathers the use of every line from a log, with the day on which each change became known. */
export class UseLog {
  readonly #used = new Map<string, number>();
  readonly #recorded = new Map<string, Recorded[]>();

  /** Takes the next event of a stream; what is no event of a line changes nothing. */
  take(stream: string, event: LineEvent): void {
    const line = lineOfStream(stream);
    if (line === undefined) return;
    const change = useOfEvent(line, event, this.#used.get(line) ?? 0);
    this.#used.set(line, usedOf(balanceAfter(line, event)));
    if (change === undefined) return;
    const recorded = this.#recorded.get(line) ?? [];
    recorded.push({ line, recordedOn: event.recordedAt.slice(0, 10), ...change, debits: change.milliTpp > 0 ? 1 : 0 });
    this.#recorded.set(line, recorded);
  }

  /** What the back-test goes through; `knownOn` leaves out the days that its window has not. */
  histories(): readonly LineUseHistory[] {
    return Array.from(this.#recorded.values(), (recorded) => ({
      known: byDay(recorded),
      knownOn: (day) => {
        const first = dayOfNumber(dayNumber(day) - windowDays + 1);
        return byDay(recorded.filter((each) => each.recordedOn <= day && each.day >= first && each.day <= day));
      },
    }));
  }
}

function byDay(recorded: readonly Recorded[]): readonly UseDay[] {
  const days = new Map<string, UseDay>();
  for (const { day, milliTpp, debits } of recorded) {
    const known = days.get(day);
    days.set(day, { day, milliTpp: milliTpp + (known?.milliTpp ?? 0), debits: debits + (known?.debits ?? 0) });
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
