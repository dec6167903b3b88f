/** A message of the ledger's stream of changes. */
export interface LiveMessage {
  readonly type: 'country' | 'alert' | 'resync' | 'connected' | 'lost';
  readonly data: string;
}

const channelName = 'quota-ledger-live';
const types = ['country', 'alert', 'resync'] as const;

/**
 * Follows the ledger's changes. All tabs of a browser share one connection, held by the tab that has the lock; where there are no
 * locks each tab has its own. Calls `tell` for each message, `connected` and `lost` included.
 */
export function followLive(tell: (message: LiveMessage) => void): void {
  const locks = globalThis.navigator.locks as LockManager | undefined;
  if (!locks || typeof BroadcastChannel === 'undefined') {
    connect(tell);
    return;
  }
  const channel = new BroadcastChannel(channelName);
  let leads = false;
  let isConnected: LiveMessage | undefined;
  channel.onmessage = ({ data }: MessageEvent<LiveMessage | 'hello'>) => {
    if (data === 'hello') {
      if (leads && isConnected) channel.postMessage(isConnected);
    } else if (!leads) tell(data);
  };
  channel.postMessage('hello');
  void locks.request(channelName, () => {
    leads = true;
    connect((message) => {
      if (message.type === 'connected' || message.type === 'lost') isConnected = message;
      channel.postMessage(message);
      tell(message);
    });
    // Held until the tab is closed; then another one leads.
    return new Promise(() => undefined);
  });
}

function connect(tell: (message: LiveMessage) => void): void {
  const source = new EventSource('/v1/stream');
  source.onopen = () => tell({ type: 'connected', data: '' });
  source.onerror = () => {
    tell({ type: 'lost', data: '' });
    // A browser goes on by itself after a break, not after an answer such as 503.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => connect(tell), 3_000);
  };
  for (const type of types) source.addEventListener(type, (event) => tell({ type, data: String(event.data) }));
}
