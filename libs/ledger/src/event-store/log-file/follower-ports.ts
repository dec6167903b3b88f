import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Position } from '../../events/stored-event.js';
import { type HeadSignal } from '../head-signal.js';

/** The store's ends of the ports through which other threads hear that the log has grown (`openLogReader`). */
export class FollowerPorts {
  readonly #ours = new Set<MessagePort>();

  constructor(private readonly growth: HeadSignal) {}

  /** The other end: transfer it to the thread that follows. */
  open(): MessagePort {
    const { port1: ours, port2: theirs } = new MessageChannel();
    const gone = new AbortController();
    ours.on('message', (after: Position) => {
      this.growth.grown(after, gone.signal).then(
        () => ours.postMessage(this.growth.head),
        () => ours.close(),
      );
    });
    ours.on('close', () => {
      gone.abort();
      this.#ours.delete(ours);
    });
    ours.unref();
    this.#ours.add(ours);
    return theirs;
  }

  close(): void {
    for (const port of this.#ours) port.close();
  }
}
