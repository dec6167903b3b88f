import type { Clock, Ledger } from '#ledger';
import type { Views } from '#projections';
import type { Worker } from '../workers.js';

/** How often the date is looked at for changes of the rulebook's groups and caps. */
const capsLookMs = 60_000;

/** Brings lines in line with the rulebook as time goes on: a country may change its group at a date. */
export function followCaps(ledger: Pick<Ledger, 'rulebook' | 'reconcileLines'>, views: Pick<Views, 'lines'>, clock: Clock, explain: (message: string) => void): Worker {
  let timer: NodeJS.Timeout | undefined;
  let lookedAt = clock();
  const look = (): void => {
    // Asked each time: another rulebook may be in force by now.
    const next = ledger.rulebook.nextCapChange(lookedAt);
    const now = clock();
    if (next === undefined || now < next) return;
    const followed = (): void => {
      lookedAt = Math.max(lookedAt, now);
    };
    // What is not followed now is looked at again the next time.
    ledger.reconcileLines(views.lines.values()).then(followed, (error: unknown) => explain(`Caps are not up to date: ${String(error)}`));
  };
  return {
    start: () => {
      timer = setInterval(look, capsLookMs).unref();
    },
    close: () => clearInterval(timer),
  };
}
