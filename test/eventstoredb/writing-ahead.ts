import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';

/** So many messages of a call may be on their way to the socket. */
const aheadMax = 64;

/**
 * gRPC hands a message over when the one before it is on the wire: each one becomes a packet of its own. Of a call that
 * writes ahead those of one turn go together.
 */
class WritingAhead extends ServerInterceptingCall {
  #ahead = 0;
  #goOn: (() => void) | undefined;

  override sendMessage(message: unknown, callback: () => void): void {
    this.#ahead += 1;
    super.sendMessage(message, () => this.#written());
    if (this.#ahead < aheadMax) callback();
    else this.#goOn = callback;
  }

  #written(): void {
    this.#ahead -= 1;
    const goOn = this.#goOn;
    this.#goOn = undefined;
    goOn?.();
  }
}

export const writesAhead: ServerInterceptor = (_method, call) => new WritingAhead(call);
