/**
 * Sends what is said in one turn of the event loop together: each message by itself would cost a copy of its own, and wake
 * the other thread.
 */
export class Outbox<Message> {
  #gathered: Message[] = [];

  constructor(private readonly send: (messages: readonly Message[]) => void) {}

  post(message: Message): void {
    if (this.#gathered.push(message) === 1) setImmediate(() => this.flush());
  }

  /** Sends at once what there is. */
  flush(): void {
    const messages = this.#gathered;
    if (messages.length === 0) return;
    this.#gathered = [];
    this.send(messages);
  }
}
