import { type ServerWritableStream } from '@grpc/grpc-js';
import { type OpenCalls } from './open-calls.js';
import { type ReadReq } from './protocol.js';

export type ReadCall = ServerWritableStream<ReadReq, Buffer>;

/** Writes the frames of a read no faster than the client takes them. */
export class FrameWriter {
  #isOpen = true;
  #wake: (() => void) | undefined;
  #drained: (() => void) | undefined;

  constructor(
    private readonly call: ReadCall,
    private readonly calls: OpenCalls,
    kind: 'reads' | 'subscriptions',
  ) {
    const ended = calls.begin(kind);
    const close = (): void => {
      this.#isOpen = false;
      ended();
      this.#drain();
      this.wake();
    };
    call.on('cancelled', close);
    call.on('close', close);
    call.on('drain', () => this.#drain());
  }

  /** False once the client is gone or the call has ended. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** @returns false if the client should be waited for before more is written: see `drained`. */
  write(frame: Buffer): boolean {
    if (!this.#isOpen) return false;
    this.calls.framesSent += 1;
    return this.call.write(frame);
  }

  /** Until the client has taken what was written, or the call has ended. */
  drained(): Promise<void> {
    return this.#isOpen ? new Promise((resolve) => (this.#drained = resolve)) : Promise.resolve();
  }

  /** Until somebody calls `wake`, or the call has ended. */
  woken(): Promise<void> {
    return this.#isOpen ? new Promise((resolve) => (this.#wake = resolve)) : Promise.resolve();
  }

  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Ends the call as if all were well. */
  end(): void {
    this.#isOpen = false;
    this.call.end();
  }

  fail(failure: Error): void {
    this.#isOpen = false;
    this.call.emit('error', failure);
  }

  #drain(): void {
    this.#drained?.();
    this.#drained = undefined;
  }
}
