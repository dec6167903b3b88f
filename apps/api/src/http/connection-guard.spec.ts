import type { RequestListener, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { FrontDoor } from '../front-door.js';
import { ConnectionGuard, connectionLimits } from './connection-guard.js';
import { writePaced } from './paced.js';

/** More than the buffers of the operating system between the two ends of a connection take. */
const long = Buffer.alloc(24 * 1024 * 1024, 'x');

let door: FrontDoor;
let guard: ConnectionGuard;
let port: number;
let nowMs: number;
let clients: Client[];
/** So that no test waits on for what another one failed to see. */
let isOver: boolean;

async function open(listener: RequestListener, limits: Partial<typeof connectionLimits> = {}): Promise<void> {
  nowMs = 1_000;
  isOver = false;
  clients = [];
  guard = new ConnectionGuard({ ...connectionLimits, ...limits }, () => nowMs);
  // The door sweeps by itself as well; nothing comes of that while the clock stands.
  door = new FrontDoor(guard);
  port = Number(new URL(await door.listen('127.0.0.1', 0)).port);
  door.open(listener);
}

afterEach(async () => {
  isOver = true;
  for (const { socket } of clients) socket.destroy();
  await door.close();
});

class Client {
  readonly socket: Socket;
  text = '';
  receivedBytes = 0;
  isClosed = false;

  /** Never closes its own side. */
  constructor(bytes: string, reads = true) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    this.socket.on('error', () => undefined);
    this.socket.on('end', () => (this.isClosed = true));
    this.socket.on('close', () => (this.isClosed = true));
    this.socket.write(bytes);
    if (reads) this.read();
    clients.push(this);
  }

  read(): void {
    this.socket.on('data', (chunk: Buffer) => {
      this.receivedBytes += chunk.length;
      if (this.text.length < 100_000) this.text += chunk.toString('latin1');
    });
  }

  get statuses(): string[] {
    return [...this.text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? '');
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo() && !isOver) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Until no callback is left to run that what was sent could have set off. */
async function settled(): Promise<void> {
  await fetch(`http://127.0.0.1:${port}/settled`).then((answer) => answer.arrayBuffer());
}

function connections(): Promise<number> {
  return new Promise((resolve) => door.server.getConnections((_, count) => resolve(count)));
}

function sweepAt(ms: number): void {
  nowMs = ms;
  guard.sweep();
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (path: string, body: string): string => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

describe('pipelined requests', () => {
  it.each([
    ['without bodies', Array.from({ length: 100 }, (_, n) => get(`/${n}`)).join('')],
    ['with bodies', Array.from({ length: 100 }, (_, n) => post(`/${n}`, '\r\n\r\n')).join('')],
  ])('%s are taken one at a time, the next when the one before is answered', async (_, bytes) => {
    const taken: string[] = [];
    const responses: ServerResponse[] = [];
    await open((request, response) => {
      if (request.url === '/settled') return void response.end();
      taken.push(request.url ?? '');
      request.resume();
      responses.push(response);
    });
    const client = new Client(bytes);
    await until(() => taken.length > 0);
    await settled();
    expect(taken).toEqual(['/0']);
    for (let n = 0; n < 100; n += 1) {
      responses[n]?.end(String(n));
      if (n < 99) await until(() => taken.length > n + 1);
      expect(taken.length).toBe(Math.min(n + 2, 100));
    }
    await until(() => client.text.endsWith('99'));
    expect(taken).toEqual(Array.from({ length: 100 }, (__, n) => `/${n}`));
  });

  it('behind a chunked body are few, and wait as well', async () => {
    const responses: ServerResponse[] = [];
    await open((request, response) => {
      if (request.url === '/settled') return void response.end();
      request.resume();
      responses.push(response);
    });
    const chunked = 'POST /0 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n';
    const client = new Client(chunked + Array.from({ length: 200 }, (_, n) => get(`/${n + 1}`)).join(''));
    await until(() => responses.length > 0);
    await settled();
    for (let n = 0; n <= 200; n += 1) {
      expect(responses.length).toBe(n + 1);
      responses[n]?.end(`answer ${n};`);
      if (n < 200) await until(() => responses.length > n + 1);
    }
    await until(() => client.text.endsWith('answer 200;'));
  });

  it('behind one that closes the connection are not taken', async () => {
    const taken: string[] = [];
    await open((request, response) => {
      taken.push(request.url ?? '');
      response.writeHead(200, { Connection: 'close' });
      setTimeout(() => response.end(), 10);
    });
    const client = new Client(get('/0') + get('/1'));
    await until(() => client.isClosed);
    expect(taken).toEqual(['/0']);
  });

  it('wait for a reader that takes nothing', async () => {
    let taken = 0;
    await open((request, response) => {
      if (request.url === '/settled') return void response.end();
      taken += 1;
      void writePaced(response, long).then(() => response.end());
    });
    const client = new Client(get('/').repeat(16), false);
    await until(() => taken > 0);
    await settled();
    expect(taken).toBe(1);
    client.read();
    await until(() => taken === 16);
  });
});

describe('a reader', () => {
  const answerLong: RequestListener = (request, response) => {
    if (request.url === '/short') return void response.end('short');
    void writePaced(response, long).then(() => response.end());
  };

  it('that takes nothing for 30 s is closed, and no other', async () => {
    await open(answerLong);
    const idle = new Client(get('/short'));
    const stalled = new Client(get('/long'), false);
    await until(() => idle.text.endsWith('short'));
    await settledAt();
    sweepAt(2_000);
    sweepAt(31_999);
    expect(await connections()).toBe(2);
    sweepAt(32_000);
    await closed(1);
    expect(idle.isClosed).toBe(false);
    stalled.read();
    await until(() => stalled.isClosed);
    expect(stalled.receivedBytes).toBeLessThan(long.length);
  });

  it('that takes some now and then stays', async () => {
    await open(answerLong);
    const slow = new Client(get('/long'), false);
    await settledAt();
    slow.read();
    for (let ms = 2_000; slow.receivedBytes < long.length; ms += 29_000) {
      const before = slow.receivedBytes;
      slow.socket.resume();
      await until(() => slow.receivedBytes >= Math.min(before + 8_000_000, long.length));
      slow.socket.pause();
      sweepAt(ms);
      expect(slow.isClosed).toBe(false);
    }
  });

  it('that has taken nothing for longest is closed first where too much waits in all', async () => {
    // Room for one of the three answers: each has more than half of it left to write.
    await open(answerLong, { allWaitingBytesMax: long.length });
    const first = new Client(get('/long'), false);
    await settledAt();
    sweepAt(2_000);
    sweepAt(3_000);
    expect(await connections()).toBe(1);
    for (let more = 0; more < 2; more += 1) new Client(get('/long'), false);
    await settledAt();
    sweepAt(4_000);
    await closed(2);
    sweepAt(5_000);
    await closed(1);
    first.read();
    await until(() => first.isClosed);
  });

  /** Until as much was written as the buffers take. */
  async function settledAt(): Promise<void> {
    for (let before = 0, same = 0; same < 5;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const now = guard.waitingBytes;
      same = now > 0 && now === before ? same + 1 : 0;
      before = now;
    }
  }
});

async function closed(left: number): Promise<void> {
  while ((await connections()) !== left && !isOver) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('a client whose request is refused', () => {
  const never: RequestListener = () => undefined;

  it('gets the answer, and is closed though it does not close its own side', async () => {
    await open(never);
    const refused = [new Client('hello there\r\n\r\n'), new Client(`${post('/', '').replace('Content-Length: 0', 'Transfer-Encoding: chunked')}zz\r\n`)];
    await until(() => refused.every(({ isClosed }) => isClosed));
    expect(refused.map(({ statuses }) => statuses)).toEqual([['400'], ['400']]);
    sweepAt(5_999);
    expect(await connections()).toBe(2);
    sweepAt(6_000);
    await closed(0);
  });

  it('gets it behind the answer to the request before, which is answered as if it came alone', async () => {
    const taken: string[] = [];
    await open((request, response) => {
      request.on('data', (chunk: Buffer) => taken.push(chunk.toString()));
      request.on('end', () => setTimeout(() => response.writeHead(201).end(), 20));
    });
    const chunked = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"}\r\n0\r\n\r\n';
    const both = [new Client(`${post('/', '{"}')}garbage\r\n\r\n`), new Client(`${chunked}garbage\r\n\r\n`)];
    await until(() => both.every(({ isClosed }) => isClosed));
    expect(both.map(({ statuses }) => statuses)).toEqual([['201', '400'], ['201', '400']]);
    expect(taken).toEqual(['{"}', '{"}']);
  });

  it.each([
    ['HTTP/0.9', 'GET / HTTP/0.9\r\nHost: x\r\n\r\n'],
    ['HTTP/2.0', 'GET / HTTP/2.0\r\nHost: x\r\n\r\n'],
    ['HTTP/1.7', 'GET / HTTP/1.7\r\nHost: x\r\n\r\n'],
    ['HTTP/3.0', 'GET / HTTP/3.0\r\nHost: x\r\n\r\n'],
    ['no version', 'GET /\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
  ])('is told so for %s', async (_, bytes) => {
    let taken = 0;
    await open(() => (taken += 1));
    const client = new Client(bytes);
    await until(() => client.isClosed);
    expect(client.statuses).toEqual(['400']);
    expect(client.text).toContain('"code":"malformed-request"');
    expect(taken).toBe(0);
  });
});
