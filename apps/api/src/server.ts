import type { Logger } from 'pino';
import type { Config } from './config.js';
import { FrontDoor } from './front-door.js';

export interface RunningServer {
  readonly url: string;
  /** For people: where the log is. */
  readonly source: string;
  /** Answers what is under way, then closes the ledger. */
  close(): Promise<void>;
}

export interface ServerEvents {
  /** Ends a start that waits for the event store. */
  readonly signal?: AbortSignal;
  /** The store cannot go on; the process must end. */
  readonly onFatal: (error: Error) => void;
  /** Another instance adopted another rulebook: this one decides nothing any more, and is to be closed and started again. */
  readonly onSuperseded: (reason: string) => void;
}

/**
 * Starts the API: the socket first, then ledger and application side by side.
 * Rejects with ConfigInvalid, the error of the socket, or what keeps the data directory from being opened.
 */
export async function startServer(
  config: Config,
  log: Logger,
  events: ServerEvents,
): Promise<RunningServer> {
  const door = new FrontDoor();
  const url = await door.listen(config.host, config.port);
  try {
    // Loading Nest takes longer than opening the ledger; they do not need each other.
    const [{ createApp }, opened] = await Promise.all([
      import('./app.js'),
      import('./composition.js').then(({ openLedger }) =>
        openLedger(config, { ...events, explain: (message) => log.info(message) }),
      ),
    ]);
    const app = await createApp(opened, config, log, door.server);
    door.open(app.listener);
    return {
      url,
      source: opened.source,
      close: async () => {
        app.endStreams();
        await door.close();
        await app.close();
        await opened.close();
      },
    };
  } catch (error) {
    await door.close();
    throw error;
  }
}
