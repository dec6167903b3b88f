import type { Body } from './body.js';

const balance = { allocation: null, reserved: 0, exported: 0, available: null };
const item = { eccn: '3A090.a', quantity: null, tppPerUnit: 1, tpp: 1 };

// The compiler judges these: each line that it must refuse is marked, and a mark where nothing is refused does not compile.
describe('the type of a body', () => {
  it('has every member of its schema, and no other', () => {
    const sound: Body<'Balance'> = balance;
    // @ts-expect-error a member is missing
    const short: Body<'Balance'> = { allocation: null, reserved: 0, exported: 0 };
    // @ts-expect-error the schema has no such member
    const long: Body<'Balance'> = { ...balance, held: 0 };
    // @ts-expect-error null is for lines without a cap
    const other: Body<'Balance'> = { ...balance, reserved: null };
    expect([sound, short, long, other].map((each) => Object.keys(each).length)).toEqual([4, 3, 5, 4]);
  });

  it('may lack what the schema does not require', () => {
    const described: Body<'Item'> = { ...item, description: 'a rack' };
    // @ts-expect-error left out is not undefined
    const undescribed: Body<'Item'> = { ...item, description: undefined };
    // @ts-expect-error the schema has one value for it
    const routed: Body<'Item'> = { ...item, route: 'lpp' };
    expect([described.exportedTpp, undescribed.route, routed.chip]).toEqual([undefined, undefined, undefined]);
  });

  it('follows references, lists and alternatives', () => {
    const line: Body<'SimulatedLine'>['recorded'] = { ...balance, utilization: null, status: 'no-cap' };
    const page: Body<'LinePage'>['items'] = [];
    const answer: Pick<Body<'BulkAnswer'>, 'body'> = { body: { type: '', title: '', status: 409, detail: '', code: '', route: 'lpp' } };
    // @ts-expect-error none of the statuses
    const odd: typeof line = { ...line, status: 'closed' };
    expect([odd.limits, page, answer.body.status]).toEqual([undefined, [], 409]);
  });
});
