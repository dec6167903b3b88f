import { setTimeout as delay } from 'node:timers/promises';
import {
  EventStoreMisconfigured,
  Ledger,
  openEventStore,
  StoreUnavailable,
  type AcceptedLoss,
  recordLoss,
  type EventStore,
  type EventStoreDbStatus,
  type LedgerOptions,
  type LocalLogStore,
} from '#ledger';
import { AlertFollower, forgetViews, knownByViews, openViews, type Views } from '#projections';
import { Registry } from 'prom-client';
import { anonymous } from './access.js';
import { ConfigInvalid, type Config } from './config.js';
import { followOthers } from './follow-others.js';
import { followUncounted } from './follow-uncounted.js';
import { watchEventLoop } from './operations/event-loop-metrics.js';
import { logAheadWarning } from './operations/log-ahead.js';
import { MeasuredStore } from './operations/measured-store.js';
import { followCaps } from './rulebooks/follow-caps.js';
import { namedRulebook, startingRulebook } from './rulebooks/starting-rulebook.js';
import { Workers } from './workers.js';

/** Everything that the edge works with, open and caught up. */
export interface OpenLedger {
  readonly ledger: Ledger;
  readonly views: Views;
  readonly store: LocalLogStore;
  /** How this instance stands to its cluster; undefined for an embedded log. */
  readonly clusterStatus: (() => EventStoreDbStatus) | undefined;
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
  /** Another instance adopted another rulebook: nothing is decided here any more, and the process should end. */
  readonly onSuperseded: (reason: string) => void;
  /** Gives up a start that waits for a cluster. */
  readonly signal?: AbortSignal;
}

type Settings = Pick<Config, 'dataDir' | 'eventStoreUrl' | 'streamPrefix' | 'rulebookFile' | 'clock' | 'queueMax' | 'acceptLoss'>;

/** What a start has recorded is in the views before it serves, unless they take longer. */
const recordedMsMax = 30_000;
/** While a cluster goes away and comes back in the middle of a start. */
const againMs = 500;

/**
 * Opens log, views and ledger, under the lock of the data directory. Resolves when the holds that are overdue have lapsed and
 * the views have reached the head; waits for a cluster that cannot be reached.
 * @throws ConfigInvalid for a setting that cannot be used, or a rulebook file that is not the one in force; what is wrong
 * with the data directory
 * @throws the reason of `told.signal`
 */
export async function openLedger(settings: Settings, told: Told): Promise<OpenLedger> {
  const { dataDir, clock, queueMax } = settings;
  const { explain } = told;
  const named = namedRulebook(settings.rulebookFile);
  const registry = new Registry();
  const opened = await openLog(settings, told);
  const store = new MeasuredStore(opened, registry);
  let views: Views | undefined;
  try {
    if (settings.acceptLoss !== undefined) await acceptLoss(store, opened.loss, settings);
    const known = (views = await openViews({ dataDir, store, explain }));
    await unlessAborted(known.ready(), told.signal);
    const warning = logAheadWarning(known, clock());
    if (warning !== undefined) explain(warning);
    const inForce = await untilAvailable(store, told, () => startingRulebook(store, { named, settings, explain }));
    const indexReaches: LedgerOptions['indexReaches'] = (position, timeoutMs) => known.waitFor(position, timeoutMs);
    const options = { store, index: known.index, inForce, clock, queueMax, indexReaches, onSuperseded: told.onSuperseded };
    const ledger = await untilAvailable(store, told, () => Ledger.open(options));
    await unlessAborted(ledger.lapseDue(), told.signal);
    await untilAvailable(store, told, () => ledger.reconcileLines(known.lines.values()));
    await untilAvailable(store, told, () => ledger.countShipments(known.uncounted));
    told.signal?.throwIfAborted();
    // A reader who sees /readyz answer 200 finds no hold open that has ended.
    await known.waitFor(ledger.position, recordedMsMax);
    told.signal?.throwIfAborted();
    const alerts = new AlertFollower({ views: known, store, clock, explain });
    const workers = new Workers([
      alerts,
      // Holds lapse, lines merge and shipments are counted in it.
      ledger,
      ...(store.isShared ? [followOthers(ledger, known)] : []),
      followUncounted(ledger, known),
      followCaps(ledger, known, clock, explain),
      watchEventLoop(registry),
    ]);
    workers.start();
    return {
      ledger,
      views: known,
      store,
      clusterStatus: 'status' in opened ? () => opened.status : undefined,
      registry,
      alertsSettled: (timeoutMs) => alerts.settled(timeoutMs),
      close: async () => {
        await workers.close();
        await known.close();
        await store.close();
      },
    };
  } catch (error) {
    await views?.close();
    await store.close();
    throw error;
  }
}

async function openLog({ dataDir, eventStoreUrl: url, streamPrefix: prefix, acceptLoss }: Settings, { explain, onFatal, signal }: Told) {
  try {
    return await openEventStore({ dataDir, url, prefix, known: knownByViews(dataDir), acceptLoss, explain, onFatal, ...(signal && { signal }) });
  } catch (error) {
    if (error instanceof EventStoreMisconfigured) throw new ConfigInvalid(`LEDGER_EVENTSTORE_URL: ${error.message}`);
    throw error;
  }
}

/** @throws ConfigInvalid if nothing is missing: a setting that was forgotten must not accept the next loss */
async function acceptLoss(store: EventStore, loss: AcceptedLoss | undefined, { dataDir, clock, acceptLoss: position }: Settings): Promise<void> {
  if (loss === undefined) {
    throw new ConfigInvalid(`--accept-loss, or LEDGER_ACCEPT_LOSS: no event is missing from position ${position} on. Start without it.`);
  }
  await recordLoss(store, loss, { at: clock(), principal: anonymous });
  forgetViews(dataDir);
}

/** @throws the reason of the signal, as soon as it aborts */
function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  return Promise.race([work, aborted]);
}

/** Tries again what a shared store could not take: it was there a moment ago. */
async function untilAvailable<Result>(store: EventStore, { explain, signal }: Told, work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!store.isShared || !(error instanceof StoreUnavailable) || error.code === 'store-closed') throw error;
      explain(`The start waits: ${error.message}`);
      await delay(againMs, undefined, { ...(signal && { signal }) });
    }
  }
}
