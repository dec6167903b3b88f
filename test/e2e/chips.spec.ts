import { LedgerUnderTest } from './ledger-under-test.js';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const idsOf = async (query: string): Promise<readonly unknown[]> =>
  (await ledger.get(`/v1/chips?${query}`)).body.items.map(({ id }) => id as unknown);

describe('the chip catalogue', () => {
  it('lists chips and systems with the arithmetic of their classification', async () => {
    const { items, nextCursor } = (await ledger.get('/v1/chips')).body;
    expect(nextCursor).toBeNull();
    expect(items.filter(({ kind }) => kind === 'chip')).toHaveLength(63);
    expect(items.filter(({ kind }) => kind === 'system').map(({ id }) => id as unknown)).toEqual([
      'nvidia-hgx-h100', 'nvidia-hgx-b200', 'nvidia-gb200-nvl72', 'nvidia-gb300-nvl72',
    ]);
    for (const { arithmetic } of items) expect((arithmetic as unknown[]).length).toBeGreaterThan(1);
  });

  it.each<[string, readonly string[]]>([
    ['q=H100&kind=chip', ['nvidia-h100-sxm5', 'nvidia-h100-nvl', 'nvidia-h100-pcie']],
    ['vendor=tesla', ['tesla-dojo-d1']],
    ['eccn=4A090', ['nvidia-hgx-h100', 'nvidia-hgx-b200', 'nvidia-gb200-nvl72', 'nvidia-gb300-nvl72']],
    ['eccn=3A090.a.2', ['nvidia-l4', 'google-tpu-v5e', 'meta-mtia-v2']],
    ['eccn=3A090.b', ['nvidia-a40-pcie', 'nvidia-l40', 'amd-mi210']],
    ['level=a&datacenter=false&vendor=NVIDIA',
      ['nvidia-rtx-6000-ada', 'nvidia-geforce-rtx-5090', 'nvidia-geforce-rtx-4090']],
    ['level=unknown&vendor=Google', ['google-tpu-v4']],
    ['q=abacus', []],
  ])('is narrowed by %s', async (query, ids) => expect(await idsOf(query)).toEqual(ids));

  it('has one chip, whose missing die area can be stated', async () => {
    expect((await ledger.get('/v1/chips/nvidia-h100-sxm5')).body).toMatchObject({
      kind: 'chip',
      tppPerUnit: 15_832,
      paragraph: '3A090.a.1',
      parts: [],
      arithmetic: [
        {
          text: 'H100 SXM5 80GB, FP8/INT8: 1,979 dense TOPS x 8 bit = 15,832 TPP.',
          citation:
            '15 CFR Part 774, Supplement No. 1, ECCN 3A090, Technical Note 2 to 3A090.a and .b, 1.a, 1.c and 3',
        },
        { text: 'Performance density: 15,832 TPP / 814 mm2 = 19.45.' },
        { text: '3A090.a.1: TPP >= 4,800. It holds: 3A090.a.' },
        {},
      ],
    });
    expect((await ledger.get('/v1/chips/google-tpu-v4')).body).toMatchObject({ level: 'unknown', dieAreaMm2: null });
    const settled = (await ledger.get('/v1/chips/google-tpu-v4?dieAreaMm2=600')).body;
    expect(settled).toMatchObject({ level: 'a', paragraph: '3A090.a.2', dieAreaMm2: 600, performanceDensity: 7.33 });
  });

  it('has one system, the sum of its chips', async () => {
    expect((await ledger.get('/v1/chips/nvidia-gb200-nvl72')).body).toMatchObject({
      kind: 'system', tppPerUnit: 2_880_000, eccn: '4A090.a', format: null, parts: [{ chip: 'nvidia-gb200', quantity: 72 }],
    });
  });

  it('names what comes near an id that it does not know', async () => {
    const { status, body } = await ledger.get('/v1/chips/nvidia-h200');
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'chip-not-found' });
    expect(body['detail']).toContain('nvidia-h200-sxm');
  });
});

describe('a described item', () => {
  it.each<[string, object]>([
    ['denseTops=1979&bitLength=8&dieAreaMm2=814', { tppPerUnit: 15_832, performanceDensity: 19.45, paragraph: '3A090.a.1' }],
    ['denseTops=300&bitLength=8&dieAreaMm2=0', { tppPerUnit: 2400, dieAreaMm2: 0, performanceDensity: null, level: 'uncontrolled' }],
    ['denseTops=588.35&bitLength=8&dieAreaMm2=608&datacenter=false', { tppPerUnit: 4706.8, eccn: 'none', datacenter: false }],
    ['formats=FP8:600:8,FP16:300:16', { tppPerUnit: 4800, level: 'a' }],
    ['formats=a/FP8:100:8,b/FP8:200:8&units=2', { tppPerUnit: 4800 }],
    ['denseTops=300&bitLength=8', { tppPerUnit: 2400, level: 'unknown' }],
  ])('is classified: %s', async (query, expected) => {
    const { items } = (await ledger.get(`/v1/chips?${query}`)).body;
    expect(items).toMatchObject([{ kind: 'described', id: null, vendor: null, ...expected }]);
  });

  it.each([
    ['/v1/chips?denseTops=5', '/bitLength'],
    ['/v1/chips?bitLength=8', '/denseTops'],
    ['/v1/chips?dieAreaMm2=8', '/formats'],
    ['/v1/chips?denseTops=x&bitLength=8', '/denseTops'],
    ['/v1/chips?denseTops=1.0001&bitLength=8', '/denseTops'],
    ['/v1/chips?denseTops=1&bitLength=2000', '/bitLength'],
    ['/v1/chips?denseTops=1&bitLength=8&dieAreaMm2=1000001', '/dieAreaMm2'],
    ['/v1/chips?denseTops=1&bitLength=8&units=0', '/units'],
    ['/v1/chips?denseTops=999999999999999&bitLength=1024', '/formats'],
    ['/v1/chips?formats=FP8', '/formats'],
    ['/v1/chips?formats=', '/formats'],
    ['/v1/chips?denseTops=1&bitLength=8&vendor=AMD', '/vendor'],
    ['/v1/chips?datacenter=maybe', '/datacenter'],
    ['/v1/chips?level=z', '/level'],
    ['/v1/chips?kind=board', '/kind'],
    ['/v1/chips/nvidia-a100?dieAreaMm2=5', '/dieAreaMm2'],
    ['/v1/chips/nvidia-a100?datacenter=true', '/datacenter'],
  ])('%s is refused and names its parameter', async (path, pointer) => {
    expect(await ledger.get(path)).toMatchObject({ status: 400, body: { errors: [{ in: 'query', pointer }] } });
  });
});

describe('a system in a shipment', () => {
  it('is reserved and exported like a chip, and counts the sum of its chips', async () => {
    const items = [{ chip: 'nvidia-gb200-nvl72', quantity: 2 }];
    const shipment = { exporter: 'acme-semi', destination: 'MY', items };
    const reserved = await ledger.post('/v1/reservations', shipment, { 'Idempotency-Key': 'two-racks-held' });
    expect(reserved).toMatchObject({
      status: 201,
      body: { debitedTpp: 5_760_000, items: [{ chip: 'nvidia-gb200-nvl72', eccn: '4A090.a', tppPerUnit: 2_880_000 }] },
    });
    const path = `/v1/reservations/${String(reserved.body['id'])}/exports`;
    const one = { exportedAt: '2026-02-01T00:00:00Z', items: [{ chip: 'nvidia-gb200-nvl72', quantity: 1 }] };
    const exported = await ledger.post(path, one, { 'Idempotency-Key': 'one-rack-exported' });
    expect(exported).toMatchObject({ status: 201, body: { debitedTpp: 2_880_000, final: false } });
  });

  it('takes no figures of its own', async () => {
    const items = [{ chip: 'nvidia-gb200-nvl72', quantity: 1, dieAreaMm2: 5 }];
    const shipment = { exporter: 'acme-semi', destination: 'MY', items };
    const refused = await ledger.post('/v1/reservations', shipment, { 'Idempotency-Key': 'rack-with-area' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/items/0/dieAreaMm2' }] } });
  });
});

describe('technology in a shipment', () => {
  const sent = (eccn: string, key: string): ReturnType<LedgerUnderTest['post']> => {
    const items = [{ description: 'layout', eccn, tppPerUnit: 0, quantity: 1 }];
    const shipment = { exporter: 'acme-semi', destination: 'MY', items };
    return ledger.post('/v1/reservations', shipment, { 'Idempotency-Key': key });
  };

  it('is of the level of what it is for, and debits nothing', async () => {
    expect(await sent('3E001 (for 3A090.a)', 'layout-for-a')).toMatchObject({
      status: 201,
      body: { route: 'licence', debitedTpp: 0, items: [{ eccn: '3E001 (for 3A090.a)' }] },
    });
  });

  it.each(['3E001', '3E001 (for 3A090)', '3E001 (for)', '3E001 (for 3A090.a) '])('is refused as %j', async (eccn) => {
    const head = await ledger.head();
    expect(await sent(eccn, 'layout-for-what')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/items/0/eccn' }] },
    });
    expect(await ledger.head()).toBe(head);
  });
});
