import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';

/** Keeps from a call what is sent to it, and from its client what it sends, for as long as the node is mute. */
class MutableCall extends ServerInterceptingCall {
  constructor(
    call: ConstructorParameters<typeof ServerInterceptingCall>[0],
    private readonly isMute: () => boolean,
  ) {
    super(call);
  }

  override start(listener: Parameters<ServerInterceptingCall['start']>[0]): void {
    super.start({
      onReceiveMetadata: (metadata) => this.#unlessMute(() => listener.onReceiveMetadata(metadata)),
      onReceiveMessage: (message) => this.#unlessMute(() => listener.onReceiveMessage(message)),
      onReceiveHalfClose: () => this.#unlessMute(() => listener.onReceiveHalfClose()),
      onCancel: () => listener.onCancel(),
    });
  }

  override sendMessage(message: unknown, callback: () => void): void {
    this.#unlessMute(() => super.sendMessage(message, callback));
  }

  #unlessMute(pass: () => void): void {
    if (!this.isMute()) pass();
  }
}

export function mutedWhile(isMute: () => boolean): ServerInterceptor {
  return (_method, call) => new MutableCall(call, isMute);
}
