import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Answer, Json } from './answer.js';
import { emirati, weightExport } from './weight-export-request.js';

let ledger: LedgerUnderTest;
beforeEach(async () => {
  ledger = await LedgerUnderTest.start();
});
afterEach(() => ledger.stop());

interface Sent {
  readonly path: string;
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: Answer;
}

const reason = 'for the record';
const exportedAt = '2026-06-14T00:00:00Z';
const items = [{ chip: 'nvidia-h100-sxm5', quantity: 9 }];
const cloud = (ultimateParent: Json): Json => ({ name: 'Somebody', headquarters: 'IN', country: 'IN', ultimateParent });
const gulf = { name: 'Gulf Cloud', headquarters: 'IN', country: 'IN' };

/** Every operation on the register, and what draws on the lines of companies, answered for the first time. */
async function everything(): Promise<readonly Sent[]> {
  const all: Sent[] = [];
  const send = async (path: string, body: Json): Promise<Answer> => {
    const headers = { 'Idempotency-Key': ledger.key() };
    const answer = await ledger.post(path, body, headers);
    all.push({ path, body, headers, answer });
    return answer;
  };
  const reserve = (ultimateConsignee: Json, more: Json = {}): Promise<Answer> =>
    send('/v1/reservations', { destination: 'IN', exporter: 'acme', items, ultimateConsignee, ...more });

  await send('/v1/companies', { name: 'Falcon Holding', aliases: ['FH', 'Aquila'], headquarters: 'IN' });
  await send('/v1/companies', { name: 'Falcn Holding', headquarters: 'IN' });
  await send('/v1/companies', { name: 'Gulf Cloud', headquarters: 'IN' });
  const { body: granted } = await send('/v1/authorisations', { kind: 'nveu', companyId: 'gulf-cloud', country: 'IN', from: '2026-01-01T00:00:00Z', reason, citation: '90 FR 1' });
  await send('/v1/companies/gulf-cloud/amendment', { reason, declaredTpp: 250_000_000.5, name: 'Gulf Compute', aliases: ['GC'] });

  await reserve(cloud({ name: 'Falcon Holdin', headquarters: 'IN' }));
  await reserve(cloud({ name: 'FH', headquarters: 'IN' }), { reference: 'PO-1' });
  const operator = { ultimateParent: { name: 'Falcon Holdng', headquarters: 'IN' }, name: 'Operator', headquarters: 'IN', country: 'IN' };
  await reserve(cloud({ name: 'FH', headquarters: 'IN' }), { facts: { operator } });
  await reserve(cloud({ name: 'FH', headquarters: 'IN' }), { route: 'lpp', items: [{ chip: 'nvidia-h100-sxm5', quantity: 5_000 }] });
  await send('/v1/exports', { destination: 'IN', exporter: 'acme', items, exportedAt, ultimateConsignee: cloud({ name: 'Falkon Holding', headquarters: 'IN' }) });

  const { body: installed } = await send('/v1/exports', { destination: 'IN', exporter: 'acme', items, exportedAt, ultimateConsignee: gulf });
  await send(`/v1/lines/${installed.line}/attrition`, { tpp: 15_832, cause: 'loss', occurredAt: '2026-06-14T12:00:00Z', reason });
  const owed = await ledger.get('/v1/obligations?limit=200', { 'Min-Position': installed.position });
  const [duty, report] = [owed.body.items.find((each) => each['consignee'] !== null), owed.body.items.find((each) => each['period'] !== null)];
  for (const { id } of [duty, report].flatMap((each) => (each ? [each] : []))) {
    await send(`/v1/obligations/${id}/fulfilment`, { reference: 'letter', note: 'sent', fulfilledAt: '2026-06-15T08:00:00Z' });
  }

  await send(`/v1/authorisations/${granted.id}/amendment`, { until: '2027-06-01T00:00:00Z', reason });
  await send('/v1/companies/gulf-cloud/merger', { into: 'falcon-holding', reason });
  await send('/v1/companies/falcn-holding/merger', { into: 'falcon-holding', reason });
  await send('/v1/companies/falcon-holding/amendment', { reason, declaredTpp: 1 });
  await send(`/v1/authorisations/${granted.id}/revocation`, { reason });
  await send('/v1/weight-exports', weightExport());
  await send('/v1/weight-exports', weightExport({ consignee: emirati, route: 'aia' }));
  return all;
}

const statuses = [201, 201, 201, 201, 200, 201, 201, 201, 409, 201, 201, 201, 201, 201, 200, 200, 200, 200, 200, 201, 422];
const told = ({ status, text, headers }: Answer) => [
  status,
  text,
  headers.get('etag'),
  headers.get('location'),
  headers.get('ledger-position'),
];

it('what companies, their lines, weights and duties were answered is answered again, byte for byte, whatever came in between', async () => {
  const first = await everything();
  expect(first.map(({ answer }) => answer.status)).toEqual(statuses);
  expect(first.filter(({ answer }) => 'nearMatches' in answer.body)).toHaveLength(3);
  const betweens: readonly (readonly [string, () => Promise<void>])[] = [
    ['right away', () => Promise.resolve()],
    ['a restart', () => ledger.restart()],
    ['views made anew', () => ledger.restart({}, () => rm(join(ledger.dataDir, 'views'), { recursive: true }))],
  ];
  for (const [when, between] of betweens) {
    await between();
    for (const { path, body, headers, answer } of first) {
      const again = await ledger.post(path, body, headers);
      expect([when, path, ...told(again)]).toEqual([when, path, ...told(answer)]);
      expect([path, again.headers.get('idempotency-replayed')]).toEqual([path, 'true']);
    }
  }
});
