import { quantileOf, samplesOf, valueOf } from './metrics.js';

const text = `# HELP a_seconds Time.
# TYPE a_seconds histogram
a_seconds_bucket{le="0.01",path="x \\"y\\""} 5
a_seconds_bucket{le="0.1",path="x"} 9
a_seconds_bucket{le="0.1",path="z"} 90
a_seconds_bucket{le="+Inf",path="x"} 110
lag 0.5
`;

it('metrics are read with their labels', () => {
  const samples = samplesOf(text);
  expect(samples).toHaveLength(5);
  expect(samples[0]).toEqual({ name: 'a_seconds_bucket', labels: { le: '0.01', path: 'x \\"y\\"' }, value: 5 });
  expect([valueOf(samples, 'lag'), valueOf(samples, 'leg')]).toEqual([0.5, undefined]);
  expect([0.04, 0.5, 0.9, 0.99].map((share) => quantileOf(samples, 'a_seconds', share))).toEqual([0.01, 0.1, 0.1, Infinity]);
  expect(quantileOf(samples, 'b_seconds', 0.5)).toBeUndefined();
});
