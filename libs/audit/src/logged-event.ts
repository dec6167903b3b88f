/** An event as a log has it. `json` is its stored text, whose UTF-8 bytes are hashed. */
export interface LoggedEvent {
  readonly stream: string;
  /** 0 for the first of its stream. */
  readonly revision: number;
  /** Its place in the whole log: grows, with gaps. */
  readonly position: number;
  readonly id: string;
  readonly json: string;
}
