import { LedgerUnderTest } from './ledger-under-test.js';
import type { Json } from './answer.js';
import { withWrongMember, wrongMembers } from './wrong-members.js';

let ledger: LedgerUnderTest;
let reservationId: string;
let etag: string;
let exportId: string;
let head: number;

beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  const held = await ledger.reserve(100);
  reservationId = held.body.id;
  const posted = await ledger.post('/v1/exports', {
    destination: 'SA',
    items: [item],
    exportedAt: '2026-06-01T00:00:00Z',
  });
  exportId = posted.body.id;
  etag = held.headers.get('etag') ?? '';
  head = await ledger.head();
});
afterAll(() => ledger.stop());

/** Nothing of all this leaves an event. */
afterEach(async () => expect(await ledger.head()).toBe(head));

const item = { chip: 'nvidia-h100-sxm5', quantity: 1 };
const reservation = { destination: 'AE', items: [item] };
const exportedAt = '2026-06-15T00:00:00Z';
const described = { destination: 'AE', items: [{ description: 'board', tppPerUnit: 5000, quantity: 1 }] };
const consigned = {
  ...reservation,
  ultimateConsignee: {
    name: 'A',
    country: 'AE',
    headquarters: 'AE',
    ultimateParent: { name: 'B', headquarters: 'AE' },
  },
};

function target(where: string): readonly [method: string, path: string, body: Json, headers?: Record<string, string>] {
  switch (where) {
    case 'reservation':
      return ['POST', '/v1/reservations', reservation];
    case 'described':
      return ['POST', '/v1/reservations', described];
    case 'consigned':
      return ['POST', '/v1/reservations', consigned];
    case 'direct export':
      return ['POST', '/v1/exports', { ...reservation, exportedAt }];
    case 'export of a hold':
      return ['POST', `/v1/reservations/${reservationId}/exports`, { exportedAt }];
    case 'amendment':
      return ['PATCH', `/v1/reservations/${reservationId}`, { reference: 'x' }, { 'If-Match': etag }];
    case 'release':
      return ['POST', `/v1/reservations/${reservationId}/release`, {}];
    case 'reversal':
      return ['POST', `/v1/exports/${exportId}/reversal`, { code: 'duplicate', reason: 'x' }];
    case 'filing':
      return ['POST', `/v1/exports/${exportId}/filing`, { itn: 'X1' }];
    case 'acknowledgement':
      return ['POST', '/v1/alerts/none/acknowledgement', {}];
    default:
      throw new Error(where);
  }
}

describe('members of bodies', () => {
  it('are more than a hundred and fifty ways to be wrong', () => expect(wrongMembers.length).toBeGreaterThan(150));

  it.each([...wrongMembers])('$where: $pointer that is $name', async (wrong) => {
    const { pointer } = wrong;
    const [method, url, body, headers = {}] = target(wrong.where);
    const answer = await ledger.call(method, url, { body: withWrongMember(body, wrong), headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request', status: 400 } });
    const pointers = answer.body.errors.map((fault) => fault.pointer);
    expect(pointers.some((found) => found.startsWith(pointer))).toBe(true);
    expect(answer.body.errors.every(({ message }) => message.length > 5)).toBe(true);
  });

  it('and the determination refuses the same', async () => {
    const shipments = ['reservation', 'described', 'consigned'];
    for (const wrong of wrongMembers.filter(({ where }) => shipments.includes(where))) {
      const { where, path } = wrong;
      const { status } = await ledger.post('/v1/determinations', withWrongMember(target(where)[2], wrong));
      expect({ where, path, status }).toEqual({ where, path, status: 400 });
    }
  });
});
