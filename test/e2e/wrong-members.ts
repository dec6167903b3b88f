import type { Json } from './answer.js';

const lone = '\ud800';

/** A value that a member must not have, by a name for it. */
type Wrong = readonly [name: string, value: unknown];

const noText: readonly Wrong[] = [
  ['a number', 7],
  ['null', null],
  ['true', true],
  ['empty', ''],
  ['an array', ['x']],
  ['an object', { x: 1 }],
  ['too long', 'x'.repeat(501)],
  ['a control character', 'a\u0007b'],
  ['only blanks', ' \u00a0'],
  ['a lone surrogate', `a${lone}`],
];
const noCountry: readonly Wrong[] = [
  ['a number', 7],
  ['null', null],
  ['lower case', 'ae'],
  ['three letters', 'ARE'],
  ['empty', ''],
  ['an array', ['AE']],
  ['with a space', 'AE '],
];
const noTime: readonly Wrong[] = [
  ['a number', 1_781_524_800],
  ['null', null],
  ['a day', '2026-12-31'],
  ['without offset', '2026-12-31T00:00:00'],
  ['30 February', '2026-02-30T00:00:00Z'],
  ['hour 24', '2026-12-31T24:00:00Z'],
  ['words', 'tomorrow'],
  ['empty', ''],
  ['with a space', '2026-12-31 00:00:00Z'],
  ['month 13', '2026-13-01T00:00:00Z'],
];
const noCount: readonly Wrong[] = [
  ['text', '1'],
  ['null', null],
  ['zero', 0],
  ['negative', -1],
  ['a fraction', 1.5],
  ['too large', 1_000_000_001],
  ['beyond all bounds', 1e300],
  ['true', true],
  ['an array', [1]],
];
const noAmount: readonly Wrong[] = [
  ['text', '1'],
  ['null', null],
  ['negative', -1],
  ['four decimals', 0.0001],
  ['too large', 9_007_199_254_740.992],
  ['beyond all bounds', 1e300],
  ['true', true],
];
const noFlag: readonly Wrong[] = [
  ['text', 'true'],
  ['null', null],
  ['a number', 1],
];

const item = { chip: 'nvidia-h100-sxm5', quantity: 1 };

const members: readonly (readonly [where: string, path: readonly (string | number)[], wrong: readonly Wrong[]])[] = [
  ['reservation', ['destination'], [...noCountry, ['missing', undefined]]],
  ['reservation', ['exporter'], noText],
  ['reservation', ['reference'], noText],
  [
    'reservation',
    ['route'],
    [
      ['unknown', 'aeroplane'],
      ['none', 'none'],
      ['a number', 1],
      ['null', null],
    ],
  ],
  ['reservation', ['expiresAt'], noTime],
  [
    'reservation',
    ['facts'],
    [
      ['unknown facts', { colour: 'red' }],
      ['text', 'x'],
      ['null', null],
      ['an array', []],
    ],
  ],
  [
    'reservation',
    ['items'],
    [
      ['missing', undefined],
      ['empty', []],
      ['an object', item],
      ['null', null],
      ['text', 'x'],
      ['a hundred and one', Array.from({ length: 101 }, () => item)],
    ],
  ],
  ['reservation', ['items', 0, 'quantity'], [...noCount, ['missing', undefined]]],
  ['reservation', ['items', 0, 'chip'], noText],
  [
    'reservation',
    ['items', 0, 'eccn'],
    [
      ['words', 'the usual'],
      ['a number', 3],
      ['null', null],
      ['empty', ''],
    ],
  ],
  ['reservation', ['items', 0, 'datacenter'], noFlag],
  ['described', ['items', 0, 'tppPerUnit'], noAmount],
  [
    'described',
    ['items', 0, 'dieAreaMm2'],
    [
      ['negative', -1],
      ['text', '814'],
      ['null', null],
      ['too large', 1e9],
    ],
  ],
  [
    'described',
    ['items', 0, 'circuits'],
    [
      ['empty', []],
      ['an object', {}],
      ['null', null],
      ['a circuit without quantity', [{ tppPerUnit: 1 }]],
      ['a circuit without TPP', [{ quantity: 1 }]],
      ['a circuit with an ECCN', [{ tppPerUnit: 1, quantity: 1, eccn: '3A090.a' }]],
      ['a hundred and one', Array.from({ length: 101 }, () => ({ tppPerUnit: 1, quantity: 1 }))],
    ],
  ],
  ['described', ['items', 0, 'description'], noText],
  [
    'consigned',
    ['ultimateConsignee'],
    [
      ['text', 'Falcon'],
      ['null', null],
      ['an array', []],
      ['empty', {}],
    ],
  ],
  ['consigned', ['ultimateConsignee', 'name'], [...noText, ['missing', undefined]]],
  ['consigned', ['ultimateConsignee', 'country'], noCountry],
  ['consigned', ['ultimateConsignee', 'ultimateParent', 'headquarters'], noCountry],
  ['reservation', ['colour'], [['unknown', 'red']]],
  ['reservation', ['items', 0, 'price'], [['unknown', 1]]],
  ['consigned', ['ultimateConsignee', 'colour'], [['unknown', 'red']]],
  ['reservation', ['hasOwnProperty'], [['unknown', 1]]],
  ['reservation', ['constructor'], [['unknown', { prototype: {} }]]],
  ['reservation', ['id'], [['unknown', 'x']]],
  ['direct export', ['exportedAt'], [...noTime, ['missing', undefined]]],
  ['direct export', ['itn'], noText],
  ['direct export', ['final'], [['unknown there', true]]],
  ['export of a hold', ['exportedAt'], [...noTime, ['missing', undefined]]],
  ['export of a hold', ['tpp'], [...noAmount, ['zero', 0]]],
  ['export of a hold', ['final'], noFlag],
  [
    'export of a hold',
    ['items'],
    [
      ['empty', []],
      ['null', null],
      ['text', 'x'],
    ],
  ],
  ['export of a hold', ['destination'], [['unknown there', 'AE']]],
  [
    'amendment',
    ['items'],
    [
      ['empty', []],
      ['null', null],
    ],
  ],
  ['amendment', ['expiresAt'], noTime],
  ['amendment', ['reference'], noText.filter(([name]) => name !== 'null')],
  ['amendment', ['destination'], [['unknown there', 'SA']]],
  ['release', ['reason'], noText],
  ['release', ['why'], [['unknown', 'x']]],
  [
    'reversal',
    ['code'],
    [
      ['unknown', 'regretted'],
      ['missing', undefined],
      ['null', null],
      ['a number', 1],
    ],
  ],
  ['reversal', ['reason'], [...noText, ['missing', undefined]]],
  ['filing', ['itn'], [...noText, ['missing', undefined]]],
  ['filing', ['exportedAt'], [['unknown there', '2026-01-01']]],
  ['acknowledgement', ['by'], [['unknown', 'me']]],
];

export interface WrongMember {
  /** Which request, by a name for it. */
  readonly where: string;
  readonly path: readonly (string | number)[];
  /** What is wrong, in words. */
  readonly name: string;
  /** Undefined: the member is left out. */
  readonly value: unknown;
  readonly pointer: string;
}

/** Every member of every body, with every way to get it wrong. */
export const wrongMembers: readonly WrongMember[] = members.flatMap(([where, path, wrong]) =>
  wrong.map(([name, value]) => ({ where, path, name, value, pointer: `/${path.join('/')}` })),
);

/** The body with the wrong member. */
export function withWrongMember(body: Json, { path, value }: WrongMember): Json {
  const copy = structuredClone(body) as Record<string, unknown>;
  let at = copy;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}
