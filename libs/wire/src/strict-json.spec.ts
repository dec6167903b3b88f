import { JsonFault, parseStrictJson } from './strict-json.js';

function faultOf(json: string): JsonFault {
  try {
    parseStrictJson(json);
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
  throw new Error(`${json} was read.`);
}

describe('parseStrictJson', () => {
  it.each([
    '{"a":1,"b":{"a":2}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b\\":\\"a"}',
    '{"a":":","b":"\\\\"}',
    '{ "a" : 1 , "b" : [ ] }',
    '"a"',
    '{"\\"":1,"a":2}',
  ])('reads %s', (json) => {
    expect(parseStrictJson(json)).toEqual(JSON.parse(json));
  });

  it('ignores one byte order mark at the beginning', () => {
    expect(parseStrictJson('\ufeff{"a":"\ufeff"}')).toEqual({ a: '\ufeff' });
    expect(faultOf('\ufeff\ufeff{}').about('It')).toMatch(/^It is not JSON: /);
    expect(faultOf(' \ufeff{}').about('It')).toMatch(/^It is not JSON: /);
    expect(faultOf('\ufeff{"a":1,"a":2}').duplicate).toEqual({ pointer: '/a', message: 'a appears more than once in its object' });
  });

  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":1,"\\u0061":1}', '/a'],
    ['{"items":[{"q":1},{"q":1,"q":2}]}', '/items/1/q'],
    ['{"a":{"b":1},"c":{"b":1, "b" :1}}', '/c/b'],
    ['{"x/y":1,"x/y":2}', '/x~1y'],
  ])('refuses the duplicate in %s and names it', (json, pointer) => {
    expect(faultOf(json).duplicate).toMatchObject({ pointer });
  });

  it('refuses what is nested deeper than 32 levels, however deep', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseStrictJson(nested(32))).toBeInstanceOf(Array);
    expect(faultOf(nested(33)).about('It')).toContain('deeper than 32');
    expect(faultOf(nested(30_000)).about('It')).toContain('deeper than 32');
  });

  it.each(['', '{', '{"a":1}}', "{'a':1}", '{"a":NaN}', '\u00a0{}', '{"a":01}', '[1,]'])(
    'refuses %j as no JSON',
    (json) => {
      expect(faultOf(json).about('It')).toMatch(/^It is not JSON: /);
    },
  );
});
