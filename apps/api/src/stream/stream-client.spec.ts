import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ChangeFeed } from './change-feed.js';
import type { Message } from './message.js';
import { StreamClient } from './stream-client.js';

/** A response whose reader takes nothing until it is told to. */
class SlowResponse extends EventEmitter {
  text = '';
  writableLength = 0;
  isEnded = false;

  write(text: string): boolean {
    this.text += text;
    this.writableLength += text.length;
    return false;
  }

  read(): void {
    this.writableLength = 0;
    this.emit('drain');
  }

  end(): void {
    this.isEnded = true;
  }

  destroy(): void {
    this.isEnded = true;
    this.emit('close');
  }
}

/** A feed of alerts, one at each position. */
class AlertFeed {
  position = 0;
  readonly listeners = new Set<(messages: readonly Message[]) => void>();
  forgetsUpTo = -1;

  tell(count: number, padding: string): void {
    const messages = Array.from({ length: count }, () => this.message((this.position += 1), padding));
    for (const listener of this.listeners) listener(messages);
  }

  message(position: number, padding = ''): Message {
    return { type: 'alert', country: 'AE', position, text: `id: ${position}\ndata: ${padding}\n\n` };
  }

  subscribe(listener: (messages: readonly Message[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async since(after: number): Promise<readonly Message[] | undefined> {
    if (after <= this.forgetsUpTo) return undefined;
    return Array.from({ length: this.position - after }, (_, index) => this.message(after + 1 + index));
  }
}

function open(feed: AlertFeed, response: SlowResponse, lastEventId?: number): StreamClient {
  const filter = { country: undefined, types: new Set<Message['type']>(['alert', 'country']) };
  return new StreamClient(response as unknown as ServerResponse, feed as unknown as ChangeFeed, filter, lastEventId);
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function idsOf({ text }: SlowResponse): number[] {
  return [...text.matchAll(/^id: (\d+)\ndata/gm)].map(([, id]) => Number(id));
}

describe('a client of the stream', () => {
  it('is sent no more than it reads, and afterwards what it missed, each alert once', async () => {
    const feed = new AlertFeed();
    const response = new SlowResponse();
    const client = open(feed, response);
    for (let round = 0; round < 40; round += 1) feed.tell(10, 'x'.repeat(10_000));
    expect(response.writableLength).toBeLessThan(1_300_000);
    response.read();
    await settled();
    expect(idsOf(response)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    client.close();
  });

  it('is asked to read everything anew where the past is forgotten', async () => {
    const feed = new AlertFeed();
    feed.tell(50, '');
    feed.forgetsUpTo = 20;
    const response = new SlowResponse();
    const client = open(feed, response, 10);
    await settled();
    expect(response.text).toContain('event: resync\nid: 50\n');
    feed.tell(1, '');
    expect(idsOf(response)).toEqual([50, 51]);
    client.close();
  });

  it('is told what comes up while it is being caught up', async () => {
    const feed = new AlertFeed();
    feed.tell(5, '');
    const response = new SlowResponse();
    const client = open(feed, response, 2);
    feed.tell(3, '');
    await settled();
    await settled();
    expect(idsOf(response)).toEqual([3, 4, 5, 6, 7, 8]);
    client.close();
  });

  it('leaves the feed when it goes away', () => {
    const feed = new AlertFeed();
    const response = new SlowResponse();
    open(feed, response);
    response.destroy();
    expect(feed.listeners.size).toBe(0);
  });
});
