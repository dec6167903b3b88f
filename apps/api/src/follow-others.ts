import type { Ledger } from '#ledger';
import type { Applied, Views } from '#projections';
import type { Worker } from './workers.js';

type News = Pick<Applied, 'lines' | 'rulebooks' | 'registerAt'>;

/**
 * What other instances record matters to this one: holds that it must let go of if they end, closed lines and mergers
 * whose survivor it must tell if they end, and another rulebook.
 */
export function followOthers(ledger: Ledger, views: Views): Worker {
  const take = ({ lines, rulebooks, registerAt }: News): void => {
    ledger.others.expiries(lines.map(({ line }) => line));
    for (const { line, closedInto } of lines) if (closedInto !== undefined) ledger.others.onClosedLine(line);
    if (registerAt !== null) ledger.others.inRegister(registerAt);
    for (const { event, position } of rulebooks) ledger.rulebookAdopted({ hash: event.hash, position });
  };
  let unsubscribe: (() => void) | undefined;
  return {
    start: () => {
      unsubscribe = views.subscribe(take);
      take({ lines: [...views.lines.values()], rulebooks: views.rulebooks.slice(-1), registerAt: views.position });
    },
    close: () => unsubscribe?.(),
  };
}
