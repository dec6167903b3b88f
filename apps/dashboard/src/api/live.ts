/** A message of the ledger's stream of changes, and of the connection that carries it. */
export interface LiveMessage {
  readonly type: (typeof types)[number] | 'connected' | 'lost';
  readonly data: string;
}

/** What tabs of one browser tell each other: that a tab is new, and a message for all of them or for one. */
type TabMessage = { readonly from: string } | { /** Left out: all. */ readonly to?: string; readonly message: LiveMessage };

const channelName = 'quota-ledger-live';
const types = ['country', 'alert', 'resync', 'head'] as const;

/** The ledger says every five seconds where it is: a connection that is silent for three times as long is dead. */
const silenceMsMax = 15_000;
const retryMs = 3_000;

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
  const post = (message: TabMessage): void => channel.postMessage(message);
  const tab = crypto.randomUUID?.() ?? String(Math.random());
  let leads = false;
  let connection: LiveMessage | undefined;
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if ('from' in data) {
      if (leads && connection) post({ to: data.from, message: connection });
    } else if (!leads && (data.to === undefined || data.to === tab)) tell(data.message);
  };
  post({ from: tab });
  void locks.request(channelName, () => {
    leads = true;
    connect((message) => {
      if (message.type === 'connected' || message.type === 'lost') connection = message;
      post({ message });
      tell(message);
    });
    // Held until the tab is closed; then another one leads.
    return new Promise(() => undefined);
  });
}

function connect(tell: (message: LiveMessage) => void): void {
  const source = new EventSource('/v1/stream');
  let silence: ReturnType<typeof setTimeout> | undefined;
  const again = (afterMs: number): void => {
    clearTimeout(silence);
    source.close();
    setTimeout(() => connect(tell), afterMs);
  };
  // A connection that broke without a word, as when a machine sleeps or a router restarts, says nothing: not even that it broke.
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      tell({ type: 'lost', data: '' });
      again(0);
    }, silenceMsMax);
  };
  heard();
  source.onopen = () => {
    heard();
    tell({ type: 'connected', data: '' });
  };
  source.onerror = () => {
    tell({ type: 'lost', data: '' });
    // A browser goes on by itself after a break, not after an answer such as 503.
    if (source.readyState === EventSource.CLOSED) again(retryMs);
  };
  for (const type of types) {
    source.addEventListener(type, (event) => {
      heard();
      tell({ type, data: String(event.data) });
    });
  }
}
