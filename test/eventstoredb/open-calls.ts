/** Calls that have begun and not ended: a client that leaves any behind leaks them. */
export class OpenCalls {
  /** Reads of a stream or of $all. */
  reads = 0;
  subscriptions = 0;
  /** Appends that were not answered yet. */
  appends = 0;
  /** The long-lived streams over which appends come in. */
  batchStreams = 0;
  /** How many have begun since the start, ended or not. */
  readonly begun = { reads: 0, subscriptions: 0, appends: 0, batchStreams: 0 };
  /** Messages that reads and subscriptions were sent since the start. */
  framesSent = 0;
  /** Calls since the start that came to a node that does not lead, and did not ask for the leader. */
  servedByFollowers = 0;

  /** Counts a call until the returned function is called, which may be more than once. */
  begin(kind: 'reads' | 'subscriptions' | 'appends' | 'batchStreams'): () => void {
    this[kind] += 1;
    this.begun[kind] += 1;
    let isOpen = true;
    return () => {
      if (isOpen) this[kind] -= 1;
      isOpen = false;
    };
  }
}
