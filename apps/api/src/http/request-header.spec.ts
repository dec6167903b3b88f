import { Problem } from './problem.js';
import { headerTexts, refuseRepeated } from './request-header.js';

/** As Node hands on what came over the socket. */
function refusalOf(...lines: readonly (readonly [string, string])[]): Problem | undefined {
  const headers = Object.fromEntries(lines.map(([name, value]) => [name.toLowerCase(), value]));
  try {
    refuseRepeated({ rawHeaders: lines.flat(), headers });
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return undefined;
}

describe('a header given more than once', () => {
  it.each([...Object.keys(headerTexts), 'Authorization', 'Content-Type', 'Content-Encoding', 'Host'])(
    'is refused: %s, equal or not, in any case',
    (name) => {
      expect(refusalOf([name, 'x'], ['X', '1'])).toBeUndefined();
      for (const again of [name, name.toLowerCase(), name.toUpperCase()]) {
        for (const value of ['x', 'y']) {
          expect(refusalOf([name, 'x'], ['X', '1'], [again, value])).toMatchObject({
            status: 400,
            members: { errors: [{ in: 'header', pointer: `/${name}` }] },
          });
        }
      }
    },
  );

  it('has a code of its own for the Idempotency-Key', () => {
    expect(refusalOf(['Idempotency-Key', 'key-0001'], ['Idempotency-Key', 'key-0001'])?.code).toBe('idempotency-key-invalid');
    expect(refusalOf(['If-Match', '"1"'], ['If-Match', '"2"'])?.code).toBe('invalid-request');
  });

  it('names all of them', () => {
    const problem = refusalOf(['Min-Position', '1'], ['If-Match', '*'], ['min-position', '1'], ['if-match', '*']);
    expect(problem?.members).toMatchObject({ errors: [{ pointer: '/If-Match' }, { pointer: '/Min-Position' }] });
  });

  it.each(['Accept', 'X-Forwarded-For', 'X-Request-Id', 'Cache-Control'])('is taken where it is a list or not read: %s', (name) => {
    expect(refusalOf([name, 'a'], [name, 'b'])).toBeUndefined();
  });
});
