import { connect } from 'node:net';
import { pino } from 'pino';
import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
const logged: string[] = [];
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  ledger.log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  await ledger.restart();
});
afterAll(() => ledger.stop());

/** Sends a part of a request and goes away, in order or by a reset of the connection. */
function cut(path: string, type: string, isReset: boolean): Promise<void> {
  const { hostname, port } = new URL(ledger.url);
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nIdempotency-Key: cut-key-0001\r\nContent-Length: 50000\r\n\r\n`;
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname).on('error', () => undefined).on('close', () => resolve()).resume();
    socket.write(`${head}{"destination":"AE"`, () => {
      if (isReset) socket.resetAndDestroy();
      else socket.end();
    });
  });
}

describe('clients that cut their bodies', () => {
  it.each([
    ['/v1/reservations', 'application/json'],
    ['/v1/reservations/bulk', 'application/x-ndjson'],
    ['/v1/rulebooks/simulations', 'application/json'],
    ['/v1/nothing', 'application/json'],
  ])('of POST %s are logged as no fault of the ledger, and nothing is decided', async (path, type) => {
    const head = await ledger.head();
    await Promise.all(Array.from({ length: 20 }, (_, index) => cut(path, type, index % 2 === 0)));
    expect((await ledger.get('/livez')).status).toBe(200);
    expect(logged).toEqual([]);
    expect(await ledger.head()).toBe(head);
  });
});
