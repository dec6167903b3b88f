import { request } from 'node:http';
import { FrontDoor } from './front-door.js';

let door: FrontDoor;
let url: string;
beforeEach(async () => {
  door = new FrontDoor();
  url = await door.listen('127.0.0.1', 0);
});
afterEach(() => door.close());

/** Answers late. Resolves when a request is under way. */
function openSlowly(): Promise<void> {
  return new Promise((resolve) => {
    door.open((_, response) => {
      resolve();
      setTimeout(() => response.end('done'), 100);
    });
  });
}

describe('the front door', () => {
  it('is alive but not ready while the ledger starts', async () => {
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    for (const path of ['/readyz', '/v1/countries']) {
      const response = await fetch(url + path);
      expect([response.status, response.headers.get('content-type'), response.headers.get('retry-after')]).toEqual([
        503,
        'application/problem+json; charset=utf-8',
        '1',
      ]);
      expect(await response.json()).toMatchObject({ code: 'not-ready' });
    }
  });

  it('answers what is under way before it closes, and nothing new', async () => {
    const arrived = openSlowly();
    const underWay = fetch(url).then((response) => response.text());
    await arrived;
    const closed = door.close();
    await expect(fetch(url)).rejects.toThrow();
    expect(await underWay).toBe('done');
    await closed;
  });

  it('turns away new requests on open connections while it closes', async () => {
    const arrived = openSlowly();
    const status = await new Promise((resolve, reject) => {
      const first = request(url, { headers: { Connection: 'keep-alive' } }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      });
      first.on('error', reject);
      first.end();
      void arrived.then(() => door.close());
    });
    expect(status).toBe(200);
  });

  it('says that its port is taken', async () => {
    const second = new FrontDoor();
    await expect(second.listen('127.0.0.1', Number(new URL(url).port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
