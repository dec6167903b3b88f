import { parseJson } from './json-body.js';
import { Problem } from './problem.js';

function problemOf(json: string): Problem {
  try {
    parseJson(json);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${json} was read.`);
}

describe('parseJson', () => {
  it.each([
    '{"a":1,"b":{"a":2}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b\\":\\"a"}',
    '{"a":":","b":"\\\\"}',
    '{ "a" : 1 , "b" : [ ] }',
    '"a"',
    '{"\\"":1,"a":2}',
  ])('reads %s', (json) => {
    expect(parseJson(json)).toEqual(JSON.parse(json));
  });

  it('ignores one byte order mark at the beginning', () => {
    expect(parseJson('\ufeff{"a":"\ufeff"}')).toEqual({ a: '\ufeff' });
    expect(problemOf('\ufeff\ufeff{}').code).toBe('malformed-json');
    expect(problemOf(' \ufeff{}').code).toBe('malformed-json');
    expect(problemOf('\ufeff{"a":1,"a":2}').members).toMatchObject({ errors: [{ pointer: '/a' }] });
  });

  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":1,"\\u0061":1}', '/a'],
    ['{"items":[{"q":1},{"q":1,"q":2}]}', '/items/1/q'],
    ['{"a":{"b":1},"c":{"b":1, "b" :1}}', '/c/b'],
    ['{"x/y":1,"x/y":2}', '/x~1y'],
  ])('refuses the duplicate in %s and names it', (json, pointer) => {
    expect(problemOf(json).members).toMatchObject({ errors: [{ pointer }] });
  });

  it('refuses what is nested deeper than 32 levels, however deep', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseJson(nested(32))).toBeInstanceOf(Array);
    expect(problemOf(nested(33)).detail).toContain('deeper than 32');
    expect(problemOf(nested(30_000)).detail).toContain('deeper than 32');
  });

  it.each(['', '{', '{"a":1}}', "{'a':1}", '{"a":NaN}', '\u00a0{}', '{"a":01}', '[1,]'])(
    'refuses %j as no JSON',
    (json) => {
      expect(problemOf(json).code).toBe('malformed-json');
    },
  );
});
