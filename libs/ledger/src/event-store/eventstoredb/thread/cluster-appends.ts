import { AccessDeniedError, MaxAppendSizeExceededError, NO_STREAM, StreamDeletedError, WrongExpectedVersionError } from '@eventstore/db-client';
import { OutcomeUnknown, StoreUnavailable } from '../../event-store.js';
import { noStream, type NewEvent, type Revision } from '../../../events/stored-event.js';
import { type ClusterClient } from '../connection/cluster-client.js';
import { failureOf, reasonOf } from '../connection/cluster-failure.js';
import { type OurStreams } from '../connection/our-streams.js';
import { withinTime } from '../connection/time-limit.js';

/** The server is to give up a little before we do: then its answer says so. */
const serverHeadStartMs = 300;

export type Written = { readonly appended: true } | { readonly appended: false; readonly actual: Revision };

/**
 * Appends to the cluster. Needs a `ClusterClient` of its own: an error of another call that makes the client connect
 * anew would leave appends under way on the connection before, and the client then confuses the two.
 */
export class ClusterAppends {
  constructor(
    private readonly client: ClusterClient,
    private readonly streams: OurStreams,
    private readonly limitMs: number,
  ) {}

  /**
   * @throws StoreUnavailable: nothing was written
   * @throws OutcomeUnknown: send the same events again, at the same revision
   */
  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Written> {
    const client = await this.#connected();
    const sentAt = Date.now();
    try {
      const sent = client.appendJson(this.streams.nameOf(stream), events, {
        expectedRevision: expected === noStream ? NO_STREAM : BigInt(expected),
        requiresLeader: true,
        deadline: Math.max(1, this.limitMs - serverHeadStartMs),
      });
      await withinTime(sent, this.limitMs);
      this.client.served();
      return { appended: true };
    } catch (error) {
      this.client.failed(client, error, sentAt);
      return this.#outcomeOf(error, stream);
    }
  }

  /** The server's version is asked for on each new connection, so what comes after an answer goes to a living server. */
  async #connected(): ReturnType<ClusterClient['ready']> {
    try {
      return await this.client.ready(this.limitMs);
    } catch (error) {
      throw error instanceof StoreUnavailable ? error : new StoreUnavailable(reasonOf(error));
    }
  }

  /** A conflict, or what to throw: an error that is not known to mean "not written" leaves the outcome open. */
  #outcomeOf(error: unknown, stream: string): Written {
    const { address } = this.client;
    if (error instanceof WrongExpectedVersionError) {
      const { actualVersion } = error;
      return { appended: false, actual: typeof actualVersion === 'bigint' ? Number(actualVersion) : noStream };
    }
    if (error instanceof AccessDeniedError || error instanceof StreamDeletedError) {
      throw new StoreUnavailable(failureOf(error, address).message);
    }
    if (error instanceof MaxAppendSizeExceededError) {
      const limit = `EventStoreDB at ${address.shown} takes ${error.maxAppendSize} bytes at once`;
      throw new StoreUnavailable(`${limit}, which is too little for one append to ${stream}. Raise MaxAppendSize to at least 1048576.`);
    }
    if (error instanceof TypeError) throw error;
    throw new OutcomeUnknown(`EventStoreDB at ${address.shown} has not said whether events were written to ${stream}: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
