import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { FrontDoor } from '../front-door.js';
import { ConnectionGuard, connectionLimits } from './connection-guard.js';

describe('a body', () => {
  let nowMs: number;
  let guard: ConnectionGuard;
  let door: FrontDoor;
  let client: Socket;
  let isClosed: boolean;
  afterEach(async () => {
    client.destroy();
    await door.close();
  });

  const send = async (text: string, listener: RequestListener): Promise<void> => {
    nowMs = 1_000;
    guard = new ConnectionGuard(connectionLimits, () => nowMs);
    door = new FrontDoor(guard);
    const port = Number(new URL(await door.listen('127.0.0.1', 0)).port);
    door.open(listener);
    isClosed = false;
    client = connect(port, '127.0.0.1').on('error', () => undefined).on('close', () => (isClosed = true));
    client.write(text);
  };
  const sweepAt = (ms: number): void => {
    nowMs = ms;
    guard.sweep();
  };

  it('that does not go on for ten seconds ends its request and its connection', async () => {
    let heard: () => void = () => undefined;
    const part = (): Promise<void> => new Promise((resolve) => (heard = resolve));
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const first = part();
    await send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\na', (request, response) => {
      request.on('data', () => heard()).on('error', () => undefined);
      response.on('close', end);
    });
    await first;
    sweepAt(2_000);
    sweepAt(11_999);
    const second = part();
    client.write('b');
    await second;
    sweepAt(12_000);
    sweepAt(21_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(false);
    const closed = new Promise((resolve) => client.once('close', resolve));
    sweepAt(22_000);
    await Promise.all([ended, closed]);
  });

  it('that came whole may be worked on for as long as it takes', async () => {
    let answer: () => void = () => undefined;
    let take: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => (take = resolve));
    await send('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab', (request, response) => {
      answer = () => response.end('done');
      request.resume().on('end', take);
    });
    await taken;
    sweepAt(2_000);
    sweepAt(100_000);
    const text = new Promise((resolve) => client.once('data', (bytes: Buffer) => resolve(bytes.toString())));
    answer();
    expect(await text).toMatch(/done/);
  });
});
