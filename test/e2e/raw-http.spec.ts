import { connect, type Socket } from 'node:net';
import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
let head: number;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  head = await ledger.head();
});
afterAll(() => ledger.stop());

const body = '{"destination":"AE","items":[{"chip":"nvidia-h100-sxm5","quantity":1}]}';

function open(): Socket {
  const { hostname, port } = new URL(ledger.url);
  return connect(Number(port), hostname).on('error', () => undefined);
}

/** What comes back for bytes on a socket: so many whole answers, or all until the server closes it. */
function exchange(request: string | Buffer, answers = 1): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = open();
    socket.write(request);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (hasAnswers(text, answers)) socket.destroy();
    });
    socket.on('close', () => resolve(text));
  });
}

/** What comes back for all that is ever sent on a socket. */
function exchangeAll(request: Buffer): Promise<void> {
  return new Promise((resolve) => open().on('close', () => resolve()).end(request).resume());
}

function hasAnswers(text: string, count: number): boolean {
  if (count === 0) return true;
  const head = text.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)\r$/im.exec(text.slice(0, head + 1))?.[1];
  const end = head + 4 + Number(length);
  return head !== -1 && text.length >= end && hasAnswers(text.slice(end), count - 1);
}

const post = (headers: string, payload = body): string =>
  `POST /v1/reservations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
  `Idempotency-Key: raw-key-0001\r\n${headers}\r\n${payload}`;

describe('what is no HTTP', () => {
  it.each([
    ['words', 'hello there\r\n\r\n', 400, 'malformed-request'],
    ['an unknown method', 'FETCH /v1/chips HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['another protocol', 'GET /v1/chips FTP/9\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['a header without a name', 'GET /v1/chips HTTP/1.1\r\n: x\r\n\r\n', 400, 'malformed-request'],
    ['a NUL in a header', 'GET /v1/chips HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n', 400, 'malformed-request'],
    [
      'headers of 20 kB',
      `GET /v1/chips HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['a length that is no number', post('Content-Length: ten\r\n'), 400, 'malformed-request'],
    ['a negative length', post('Content-Length: -1\r\n'), 400, 'malformed-request'],
    ['two lengths', post(`Content-Length: 5\r\nContent-Length: ${body.length}\r\n`), 400, 'malformed-request'],
    [
      'length and chunks together',
      post(`Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n`),
      400,
      'malformed-request',
    ],
    ['a broken chunk', post('Transfer-Encoding: chunked\r\n', 'zz\r\nhello\r\n0\r\n\r\n'), 400, 'malformed-request'],
    [
      'chunks of more than 64 kB',
      post('Transfer-Encoding: chunked\r\n', `20000\r\n${' '.repeat(0x20000)}\r\n0\r\n\r\n`),
      413,
      'body-too-large',
    ],
    ['a length of more than 64 kB', post('Content-Length: 70000\r\n'), 413, 'body-too-large'],
    ['another expectation', post(`Expect: miracles\r\nContent-Length: ${body.length}\r\n`), 417, 'expectation-failed'],
    ['no Host', 'GET /v1/chips HTTP/1.1\r\n\r\n', 400, 'malformed-request'],
    ['a version that does not exist', 'GET /livez HTTP/1.7\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['HTTP/2 without the other side knowing', 'GET /livez HTTP/2.0\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['HTTP/3', 'GET /livez HTTP/3.0\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['no version', 'GET /livez\r\n\r\n', 400, 'malformed-request'],
    ['a URL that is a star', 'GET * HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'not-found'],
  ])('%s gets a problem or nothing, and leaves no event', async (_, request, status, code) => {
    const answer = await exchange(request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain(`"code":"${code}"`);
    expect(answer).not.toMatch(/\n +at |\.js:|node:/);
    expect(await ledger.head()).toBe(head);
  });

  it.each(['Idempotency-Key: raw-key-0001', 'idempotency-key: raw-key-0001', 'IDEMPOTENCY-KEY: raw-key-0002'])(
    'decides nothing for a second Idempotency-Key, equal or not: %s',
    async (second) => {
      const answer = await exchange(post(`${second}\r\nContent-Length: ${body.length}\r\n`));
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('"code":"idempotency-key-invalid"');
      expect(answer).toContain('"pointer":"/Idempotency-Key"');
      expect(await ledger.head()).toBe(head);
    },
  );

  it.each([
    ['POST', '/v1/reservations', 'Content-Type: application/json'],
    ['POST', '/v1/reservations', 'Content-Encoding: identity'],
    ['PATCH', '/v1/reservations/x', 'If-Match: "0"'],
    ['GET', '/v1/countries', 'Min-Position: 1'],
    ['GET', '/v1/stream', 'Last-Event-ID: 1'],
    ['GET', '/v1/chips', 'Authorization: Bearer x'],
    ['GET', '/v1/nothing', 'Min-Position: 1'],
    ['GET', '/v1/chips', 'Host: x'],
  ])('refuses %s %s with two headers %s', async (method, path, header) => {
    const name = header.slice(0, header.indexOf(':'));
    const host = name === 'Host' ? '' : 'Host: x\r\n';
    const answer = await exchange(`${method} ${path} HTTP/1.1\r\n${host}${header}\r\n${header}\r\nContent-Length: 0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(`"message":"${name} is given more than once: send it once"`);
    expect(await ledger.head()).toBe(head);
  });

  it('takes a list header in several lines, and headers that it does not read', async () => {
    const repeated = 'Accept: text/html;q=0.1\r\nAccept: application/json\r\nX-Request-Id: 1\r\nX-Request-Id: 2\r\n';
    expect(await exchange(`GET /v1/chips HTTP/1.1\r\nHost: x\r\n${repeated}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('answers pipelined requests in order', async () => {
    const answer = await exchange(
      ['/livez', '/v1/nothing', '/livez'].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''),
      3,
    );
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '404', '200']);
  });

  it('decides a request as if it came alone, whatever comes behind it', async () => {
    const bytes = post(`Content-Length: ${body.length}\r\n`).replace('raw-key-0001', 'raw-key-0002');
    const text = await exchange(`${bytes}garbage\r\n\r\n`, Infinity);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['201', '400']);
    const { body: events } = await ledger.get(`/v1/events?from=${head}`);
    expect(events.items.map(({ type }) => type)).toEqual(['org.quotaledger.quota-reserved.v1']);
    expect(text).toContain('"code":"malformed-request"');
    head = await ledger.head();
  });

  it('decides nothing for a body that never arrives whole', async () => {
    const socket = open();
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    await new Promise<void>((resolve) => socket.write(post(`Content-Length: ${body.length + 10}\r\n`), () => resolve()));
    expect((await ledger.get('/livez')).status).toBe(200);
    expect(answer).toBe('');
    socket.destroy();
    expect(await ledger.head()).toBe(head);
  });

  it('survives five hundred random bytes after each other', async () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648);
    await Promise.all(
      Array.from({ length: 100 }, () =>
        exchangeAll(Buffer.from(Array.from({ length: 5 + (random() % 200) }, () => random() % 256))),
      ),
    );
    expect((await ledger.get('/livez')).status).toBe(200);
    expect(await ledger.head()).toBe(head);
  });
});
