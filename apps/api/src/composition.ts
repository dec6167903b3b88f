import { resolve } from 'node:path';
import { Ledger, openEventStore, type Clock, type LocalLogStore } from '#ledger';
import { followAlerts, openViews, type Views } from '#projections';
import { loadRulebook, type CompiledRulebook } from '#rulebook';
import { Registry } from 'prom-client';
import { ConfigInvalid, type Config } from './config.js';
import { MeasuredStore } from './operations/measured-store.js';
import { readRulebook } from './rulebooks/read-rulebook.js';

/** Everything that the edge works with, open and caught up. */
export interface OpenLedger {
  /** For people: where the log is. */
  readonly source: string;
  readonly ledger: Ledger;
  readonly views: Views;
  readonly store: LocalLogStore;
  readonly registry: Registry;
  /** Resolves when every alert that follows from the views is recorded and in them; false if that takes too long. */
  readonly alertsSettled: (timeoutMs: number) => Promise<boolean>;
  /** In the order in which nothing is lost: no more commands, then alerts and views, then the log. */
  close(): Promise<void>;
}

export interface Told {
  /** For the log of the process. */
  readonly explain: (message: string) => void;
  /** The store cannot go on; the process must end. */
  readonly onFatal: (reason: Error) => void;
}

/** How often the date is looked at for changes of the rulebook's groups and caps. */
const capsLookMs = 60_000;

type Settings = Pick<Config, 'dataDir' | 'eventStoreUrl' | 'rulebookFile' | 'clock' | 'queueMax'> & {
  /** Without a rulebook file: stay with the rulebook in force in the log instead of adopting the built-in one. */
  readonly keepRulebook?: boolean;
};

/**
 * Opens log, views and ledger of a data directory, under its lock. Resolves when the views have reached the head.
 * @throws ConfigInvalid for a rulebook file that cannot be used; what is wrong with the data directory
 */
export async function openLedger(settings: Settings, { explain, onFatal }: Told): Promise<OpenLedger> {
  const { dataDir, clock, queueMax } = settings;
  if (settings.eventStoreUrl !== undefined) {
    throw new ConfigInvalid('EVENTSTORE_URL is set, but this build has the embedded event store only: unset it.');
  }
  const named = await readRulebook(settings.rulebookFile);
  const registry = new Registry();
  const embedded = await openEventStore({ dataDir, onFatal });
  const store = new MeasuredStore(embedded, registry);
  let views: Views | undefined;
  try {
    views = await openViews({ dataDir, store: embedded, explain });
    await views.ready();
    warnOfTwin(named, views, explain);
    const inForce =
      settings.keepRulebook === true && settings.rulebookFile === undefined ? views.rulebooks.at(-1) : undefined;
    const rulebook = inForce === undefined ? named : loadRulebook(inForce.event.document);
    const ledger = await Ledger.open({ store, index: views.index, rulebook, clock, queueMax });
    await ledger.reconcileLines(views.lines.values());
    const opened = views;
    const alerts = followAlerts({ views, store, clock, explain });
    const caps = followCaps(ledger, opened, clock, explain);
    return {
      source: resolve(dataDir),
      ledger,
      views,
      store,
      registry,
      alertsSettled: (timeoutMs) => alerts.settled(timeoutMs),
      close: async () => {
        clearInterval(caps);
        await ledger.close();
        await alerts.close();
        await opened.close();
        await store.close();
      },
    };
  } catch (error) {
    await views?.close();
    await store.close();
    throw error;
  }
}

/** Brings lines in line with the rulebook as time goes on: a country may change its group at a date. */
function followCaps(ledger: Ledger, views: Views, clock: Clock, explain: Told['explain']): NodeJS.Timeout {
  const { rulebook } = ledger;
  let next = rulebook.nextCapChange(clock());
  return setInterval(() => {
    if (next === undefined || clock() < next) return;
    next = rulebook.nextCapChange(clock());
    ledger
      .reconcileLines(views.lines.values())
      .catch((error: unknown) => explain(`Caps are not up to date: ${String(error)}`));
  }, capsLookMs).unref();
}

/** Two documents under one id and version are told apart by their hash alone. */
function warnOfTwin({ hash, reference: { id, version } }: CompiledRulebook, views: Views, explain: Told['explain']): void {
  const twin = views.rulebooks.find(({ event }) => {
    return event.hash !== hash && event.document.id === id && event.document.version === version;
  });
  if (twin === undefined) return;
  explain(`Rulebook ${id} ${version} was adopted before with other content (${twin.event.hash}): give it a version of its own.`);
}
