import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refused, Unreachable, UsageError } from '../exit-code.js';
import { HttpLedger } from './http-ledger.js';
import type { Submission } from './ledger-access.js';

type Handler = (request: IncomingMessage, response: ServerResponse, times: number) => void;

const submission: Submission = {
  operation: 'export',
  idempotencyKey: 'the-same-key',
  body: { destination: 'AE', exporter: 'a', items: [{ chip: 'c', quantity: 1 }], exportedAt: '2026-01-01T00:00:00.000Z' },
};

describe('a ledger over HTTP', () => {
  let server: Server;
  let times = 0;

  async function serve(handler: Handler): Promise<HttpLedger> {
    server = createServer((request, response) => {
      times += 1;
      handler(request, response, times);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new HttpLedger(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ledger`);
  }

  const json = (response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, headers).end(JSON.stringify(body));
  };
  const problem = (response: ServerResponse, status: number, code: string, more: object = {}): void =>
    json(response, status, { type: `/problems/${code}`, title: 'Title', status, detail: 'Detail.', code, ...more });

  beforeEach(() => {
    times = 0;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('speaks below the path of its address, with the key and the body as they are', async () => {
    const seen: unknown[] = [];
    const ledger = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push(request.method, request.url, request.headers['idempotency-key'], JSON.parse(body));
        json(response, 201, { id: 'x' });
      });
    });
    expect(await ledger.submit(submission)).toEqual({ outcome: 'recorded', replayed: false, id: 'x' });
    expect(seen).toEqual(['POST', '/ledger/v1/exports', 'the-same-key', submission.body]);
  });

  it('tells what was recorded before from what is recorded now', async () => {
    const ledger = await serve((_, response) => json(response, 201, { id: 'x' }, { 'Idempotency-Replayed': 'true' }));
    expect(await ledger.submit(submission)).toMatchObject({ replayed: true });
  });

  it('tells a recorded refusal from a request that leaves nothing behind', async () => {
    const ledger = await serve((_, response, time) => {
      if (time === 1) problem(response, 409, 'insufficient-quota', { reservationId: 'r', requested: 7.5 });
      else problem(response, 422, 'classification-unknown');
    });
    expect(await ledger.submit(submission)).toEqual({ outcome: 'refused', replayed: false, id: 'r', tpp: 7.5, code: 'insufficient-quota', detail: 'Detail.' });
    expect(await ledger.submit(submission)).toEqual({ outcome: 'rejected', code: 'classification-unknown', detail: 'Detail.' });
  });

  it('tries again, with the same key, when the ledger is busy or the connection breaks', async () => {
    const ledger = await serve((request, response, time) => {
      if (time === 1) problem(response, 503, 'busy');
      else if (time === 2) request.socket.destroy();
      else json(response, 201, { id: request.headers['idempotency-key'] });
    });
    expect(await ledger.submit(submission)).toEqual({ outcome: 'recorded', replayed: false, id: 'the-same-key' });
    expect(times).toBe(3);
  });

  it('gives up on a server that only fails', async () => {
    const ledger = await serve((_, response) => problem(response, 500, 'internal-error'));
    await expect(ledger.submit(submission)).rejects.toThrow(Unreachable);
  });

  it.each([
    [404, Refused],
    [503, Unreachable],
  ])('a read that is answered %i fails as %p', async (status, error) => {
    const ledger = await serve((_, response) => problem(response, status, 'some-code'));
    await expect(ledger.country('AE')).rejects.toThrow(error);
    await expect(ledger.country('AE')).rejects.toThrow('Title. Detail.');
  });

  it('asks for what a read must include', async () => {
    let header: unknown;
    const ledger = await serve((request, response) => {
      header = request.headers['min-position'];
      json(response, 200, { countries: [], position: '7' });
    });
    await ledger.countries({ minPosition: 7 });
    expect(header).toBe('7');
  });

  it('puts events together that arrive in pieces', async () => {
    const line = `${JSON.stringify({ id: 'e', position: '1', stream: 's', revision: 0, data: { type: 'Ü' } })}\n`;
    const bytes = Buffer.from(line.repeat(3));
    const ledger = await serve((_, response) => {
      response.write(bytes.subarray(0, 70));
      setTimeout(() => response.end(bytes.subarray(70)), 20);
    });
    const events: unknown[] = [];
    for await (const event of ledger.events({ after: 0 })) events.push(event);
    expect(events).toHaveLength(3);
    expect(events[2]).toMatchObject({ data: { type: 'Ü' } });
  });

  it('does not take a log that breaks off for one that ends', async () => {
    const ledger = await serve((_, response) => {
      response.writeHead(200);
      response.write('{"id":"e","position":"1","stream":"s","revision":0,"data":{"type":"X"}}\n');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(async () => {
      for await (const batch of ledger.log(0)) expect(batch.length).toBeGreaterThan(0);
    }).rejects.toThrow('broke off');
  });
});

describe('the address of a ledger', () => {
  it.each(['', 'localhost', '127.0.0.1:3000', 'ftp://x', 'file:///x'])('is refused: %p', (url) => {
    expect(() => new HttpLedger(url)).toThrow(UsageError);
  });
});
