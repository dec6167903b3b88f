import type { DerivedIndex, EventStore, Position } from '#ledger';
import { openInlineViews } from '../../libs/projections/src/testing/inline-views.js';
import { LogIndex } from '../../libs/ledger/src/testing/log-index.js';

/** A derived index over a store, and how far it follows. It opens at the head of the log. */
export interface IndexKeeper {
  readonly index: DerivedIndex;
  /** Lets the index know the log up to here. */
  follow(upTo: Position): Promise<void>;
  close(): Promise<void>;
}

/** The plain one: it knows exactly what it is told to. */
export async function openPlainIndex(store: EventStore): Promise<IndexKeeper> {
  const index = new LogIndex();
  await index.reach(store);
  return { index, follow: (upTo) => index.reach(store, upTo), close: async () => undefined };
}

/** The one of the views: it follows by itself, and knows at least what it is told to. */
export async function openViewsIndex(store: EventStore): Promise<IndexKeeper> {
  const views = await openInlineViews({ store });
  await views.ready();
  return {
    index: views.index,
    follow: async (upTo) => {
      while (!(await views.waitFor(upTo, 5_000)));
    },
    close: () => views.close(),
  };
}
