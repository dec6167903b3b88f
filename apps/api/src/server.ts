import type { Logger } from 'pino';
import type { RulebookReference } from '#ledger';
import type { OpenLedger, Told } from './composition.js';
import type { Config } from './config.js';
import { FrontDoor } from './front-door.js';

export interface RunningServer {
  readonly url: string;
  /** For people: where the log is. */
  readonly source: string;
  /** In force at the start. */
  readonly rulebook: RulebookReference;
  /** Answers what is under way, then closes the ledger. */
  close(): Promise<void>;
}

export interface ServerEvents extends Omit<Told, 'explain'> {
  /** What happens between the opening of the ledger and the first request. */
  readonly beforeServing?: (opened: OpenLedger) => Promise<void>;
}

/**
 * Starts the API: the socket first, then ledger and application side by side.
 * Rejects with ConfigInvalid, the error of the socket, or what keeps the data directory from being opened.
 */
export async function startServer(
  config: Config,
  log: Logger,
  { beforeServing, ...events }: ServerEvents,
): Promise<RunningServer> {
  const door = new FrontDoor();
  const url = await door.listen(config.host, config.port);
  try {
    const { openLedger } = await import('./composition.js');
    const opening = openLedger(config, { ...events, explain: (message) => log.warn(message) });
    // Nest is loaded while the ledger opens. The two share modules, which must be there before the second import begins.
    const [{ createApp }, opened] = await Promise.all([import('./app.js'), opening]);
    const app = await createApp(opened, config, log, door.server);
    const close = async (): Promise<void> => {
      app.endStreams();
      await door.close();
      await app.close();
      await opened.close();
    };
    await beforeServing?.(opened).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    door.open(app.listener);
    return { url, source: opened.store.where, rulebook: opened.ledger.rulebook.reference, close };
  } catch (error) {
    await door.close();
    throw error;
  }
}
