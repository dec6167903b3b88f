import { measureTpp } from './measure.js';
import { readFormats } from './read-formats.js';

describe('readFormats', () => {
  it('reads formats of one circuit as alternatives', () => {
    const { units = [] } = readFormats(['FP8:600:8', 'FP16:300:16']);
    expect(units).toEqual([
      {
        name: 'Circuit',
        count: 1,
        formats: [
          { format: 'FP8', denseTops: 600, bitLength: 8 },
          { format: 'FP16', denseTops: 300, bitLength: 16 },
        ],
      },
    ]);
    expect(measureTpp(units)).toMatchObject({ milliTpp: 4_800_000 });
  });

  it('adds up kinds of processing units, as often as there are', () => {
    const { units = [] } = readFormats(['tensor/FP8:100.5:8', 'vector/FP32:10:32', 'tensor/INT4:100:4'], 2);
    expect(units.map(({ name, count, formats }) => [name, count, formats.length])).toEqual([
      ['tensor', 2, 2],
      ['vector', 2, 1],
    ]);
    expect(measureTpp(units)).toMatchObject({ milliTpp: 2 * (804_000 + 320_000) });
  });

  it.each(['', 'FP8', 'FP8:1979', 'FP8:x:8', 'FP8:-1:8', 'FP8:1e3:8', 'FP8:1979:8.5', 'FP8:1979:8:9', '/FP8:1:8', 'a/b/c:1:8'])(
    'says how a format is written, not %j',
    (text) => expect(readFormats([text]).problem).toContain('FP8:1979:8'),
  );
});
