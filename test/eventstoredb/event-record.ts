/** An event as it is proposed by a client. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event of the log. Positions are those of its record: commit and prepare are the same, as in single writes. */
export interface EventRecord extends Omit<ProposedEvent, 'data'> {
  data: Uint8Array;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** How many events its write had. Those that were read back from a file count as written one by one. */
  readonly writtenTogether: number;
  /** 100 ns since 1970. */
  readonly createdTicks: bigint;
  /** The answer of a read that carries this event, once it was needed. */
  frame?: Buffer;
}

/** What a server of 24 counts against its limit of one append. */
export function sizeOf(event: ProposedEvent): number {
  return event.data.length + event.metadata.length + event.type.length * 2;
}
