import fc from 'fast-check';

// For specs: bodies that are nearly right.

export const valid = {
  destination: 'AE',
  exporter: 'acme-semi',
  route: 'licence',
  ultimateConsignee: {
    name: 'Falcon Cloud',
    country: 'AE',
    headquarters: 'AE',
    ultimateParent: { name: 'Falcon Holding', headquarters: 'AE' },
  },
  items: [
    { chip: 'nvidia-h100-sxm5', quantity: 1000 },
    { description: 'custom board', eccn: '4A090.a', tppPerUnit: 20919.2, quantity: 3 },
  ],
  expiresAt: '2026-12-31T00:00:00Z',
  reference: 'PO-4711',
  facts: {},
};

const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  -0,
  '',
  'AE',
  'ae',
  '2026-12-31T00:00:00Z',
  '2026-02-30T00:00:00Z',
  [],
  {},
  [[]],
  [null],
  [{}],
  { a: 1 },
  '\ud800',
  'a\u0000b',
  'x'.repeat(201),
  { name: 1 },
  [{ chip: 'x', quantity: 1 }, 1],
  [[{ chip: 'x', quantity: 1 }]],
  'hasOwnProperty',
);

/** A valid body with a few of its members, at any depth, replaced, removed or added. */
export const nearlyValid = fc
  .array(
    fc.record({
      path: fc.array(
        fc.constantFrom(
          'destination',
          'exporter',
          'route',
          'ultimateConsignee',
          'items',
          'expiresAt',
          'reference',
          'facts',
          'name',
          'country',
          'headquarters',
          'ultimateParent',
          '0',
          '1',
          'chip',
          'description',
          'eccn',
          'quantity',
          'tppPerUnit',
          'hasOwnProperty',
          'constructor',
          'exportedAt',
          'itn',
          'tpp',
          'final',
        ),
        { minLength: 1, maxLength: 3 },
      ),
      value: fc.oneof(odd, fc.jsonValue()),
    }),
    { maxLength: 3 },
  )
  .map((changes) => {
    const body = structuredClone(valid) as Record<string, unknown>;
    for (const { path, value: drawn } of changes) {
      // A value of its own: the same one put into itself would be no JSON.
      const value = structuredClone(drawn);
      let at: Record<string, unknown> = body;
      for (const name of path.slice(0, -1) as readonly string[]) {
        const next = Object.hasOwn(at, name) ? at[name] : undefined;
        if (typeof next === 'object' && next !== null) at = next as Record<string, unknown>;
      }
      const last = path.at(-1) ?? '';
      if (value === undefined) delete at[last];
      else Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
    }
    return JSON.parse(JSON.stringify(body)) as object;
  });
