import { accepted, idempotencyKeyOf, ifMatchOf, lastEventIdOf, minPositionOf } from './request-headers.js';

describe('accepted', () => {
  const offered = ['application/json', 'application/x-ndjson'] as const;

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/x-ndjson', 'application/x-ndjson'],
    ['application/*;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['application/json;q=0.1, application/x-ndjson;q=0.2', 'application/x-ndjson'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['application/json;q=0, */*', 'application/x-ndjson'],
  ])('answers Accept %p with %s', (accept, type) => {
    expect(accepted(accept === undefined ? {} : { accept }, ...offered)).toBe(type);
  });

  it.each(['text/html', 'application/json;q=0', 'application/json;q=x', 'nonsense'])('refuses Accept %p', (accept) => {
    expect(() => accepted({ accept }, 'application/json')).toThrow('application/json');
  });
});

describe('the headers of a write', () => {
  it.each([
    ['"17"', [17]],
    ['W/"17"', [17]],
    ['"17-gzip"', [17]],
    ['W/"17-br"', [17]],
    ['"5", "0"', [5, 0]],
    [' W/"5" ,, "0",', [5, 0]],
    ['"other", "17"', [17]],
    ['*', undefined],
  ])('reads the revisions of If-Match %p: %p', (tag, revisions) => {
    expect(ifMatchOf({ 'if-match': tag })).toEqual(revisions);
  });

  it('lets If-Match be left out', () => expect(ifMatchOf({})).toBeUndefined());

  it.each(['17', 'w/"17"', '"x"', '""', '"017"', '"-1"', '"1" "2"', '"17", 18', '*, "1"', '', ',', '"17-"', 'W/17'])(
    'refuses If-Match %p',
    (tag) => {
      expect(() => ifMatchOf({ 'if-match': tag })).toThrow('If-Match');
    },
  );

  it('reads a Last-Event-ID, and refuses what is none', () => {
    expect([lastEventIdOf({ 'last-event-id': '12' }), lastEventIdOf({ 'last-event-id': '' }), lastEventIdOf({})]).toEqual([
      12,
      undefined,
      undefined,
    ]);
    expect(() => lastEventIdOf({ 'last-event-id': '12, 12' })).toThrow('Last-Event-ID');
  });

  it.each(['short', 'x'.repeat(201), 'with\ttab 123', 'ünicode-key'])('refuses the Idempotency-Key %p', (key) => {
    expect(() => idempotencyKeyOf({ 'idempotency-key': key })).toThrow('Idempotency-Key');
  });

  it.each(['-1', '1.5', 'x', '', '9007199254740992', '01', '1e3'])('refuses Min-Position %p', (text) => {
    expect(() => minPositionOf({ 'min-position': text })).toThrow('Min-Position');
  });
});
