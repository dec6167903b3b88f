import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { paths } from '#client';
import type { Body } from '#wire';
import { clientTypes, clientTypesFile } from '../../scripts/client-from-openapi.js';
import { LedgerUnderTest } from './ledger-under-test.js';

describe('the types of the client', () => {
  it('are those of the API', async () => {
    const ledger = await LedgerUnderTest.start();
    try {
      const document = (await ledger.get('/v1/openapi.json')).body;
      const written = await readFile(fileURLToPath(new URL(`../../../${clientTypesFile}`, import.meta.url)), 'utf8');
      // If not: node dist/scripts/write-client.js writes them anew.
      expect(written).toBe(await clientTypes(document));
    } finally {
      await ledger.stop();
    }
  });

  it('have the bodies of libs/wire, and one problem for whatever goes wrong', () => {
    type Get = paths['/v1/countries/{code}']['get'];
    const name = (body: Get['responses'][200]['content']['application/json']): Body<'Country'>['name'] => body.name;
    const code = (body: Get['responses']['default']['content']['application/problem+json']): Body<'Problem'>['code'] => body.code;
    expect([name, code].map(({ length }) => length)).toEqual([1, 1]);
  });
});
