import type { EventStore } from '#ledger';
import { MirroredViews, type ViewsHost } from '../mirrored-views.js';
import { KeptLog } from './kept-log.js';
import type { RunnerMessage } from '../runner/runner-message.js';
import { ViewsRunner } from '../runner/views-runner.js';
import type { Views } from '../views.js';

export interface InlineViewsOptions {
  readonly store: EventStore;
  /** Folder of the views files; left out: in memory. */
  readonly directory?: string;
  readonly explain?: (reason: string) => void;
}

/** Views in this thread, over any store, with the log kept in memory: for tests. */
export async function openInlineViews({
  store,
  directory,
  explain = () => undefined,
}: InlineViewsOptions): Promise<Views> {
  const log = await KeptLog.open(store);
  const tell = (message: RunnerMessage): void => {
    views.handle(message);
    if (message.type === 'opened') runner.release();
  };
  const runner: ViewsRunner = new ViewsRunner({ log, directory, tell, explain });
  const host: ViewsHost = {
    answer: (question) => runner.answer(question),
    hurry: () => runner.hurry(),
    openIndex: () => ({ database: runner.live.database, isShared: false }),
    readEvent: (position) => log.at(position),
    close: () => runner.stop(),
  };
  const views = MirroredViews.open(host, runner.opened);
  runner.start();
  return views;
}
