import type { Position } from '../../../events/stored-event.js';
import { type AcceptedLoss } from '../../log-file/known-event.js';
import { acceptAdviceOfCluster } from '../../log-file/log-unreadable.js';
import { type ClusterReads } from '../thread/cluster-reads.js';
import { positionOf } from '../grpc/recorded-event.js';
import { type LastEvent, type Replica } from '../replica.js';

/** The cluster lacks events that this instance has seen, or has others in their place. */
export class EventsLost extends Error {
  override readonly name = 'EventsLost';

  /**
   * @param shown of the cluster
   * @param file of the replica
   * @param first position of the first event that is missing
   */
  constructor(
    shown: string,
    private readonly file: string,
    private readonly last: LastEvent,
    readonly first: Position,
  ) {
    const missing = `EventStoreDB at ${shown} lacks events from position ${first} on, or has others in their place`;
    const known = `${file} knows events up to position ${last.commit} (${last.stream}@${last.revision})`;
    const cause = 'The cluster was restored from an older backup, or LEDGER_EVENTSTORE_URL names another one';
    super(`${missing}: ${known}. ${cause}. Restore it from a newer backup, or name the right one. ${acceptAdviceOfCluster(first)}`);
  }

  /** For an operator who goes on without. */
  get loss(): AcceptedLoss {
    const { commit, id } = this.last;
    return { first: this.first, known: { position: positionOf(commit), id, knownBy: this.file } };
  }
}

/** Of a replica whose last event the cluster does not have: the position of the first one that it does not have. */
export async function firstLost(replica: Replica, reads: ClusterReads): Promise<Position> {
  let kept: Position = 0;
  let lost = replica.head;
  while (kept + 1 < lost) {
    const middle = Math.floor((kept + lost) / 2);
    const event = replica.lastUpTo(middle);
    if (event === undefined || event.position <= kept || (await isKept(event, reads))) kept = middle;
    else lost = event.position;
  }
  return lost;
}

async function isKept({ stream, revision, id }: Pick<LastEvent, 'stream' | 'revision' | 'id'>, reads: ClusterReads): Promise<boolean> {
  return (await reads.eventAt(stream, revision))?.id === id;
}
