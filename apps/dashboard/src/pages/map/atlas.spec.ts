import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mapHeight, mapWidth, placeOf, pointsBeside, shapesOf, type Atlas, type Point } from './atlas.js';

const atlas = (name: string): Atlas => JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`world-atlas/${name}.json`), 'utf8')) as Atlas;
const [coarse, fine] = [atlas('countries-110m'), atlas('countries-50m')];
const file = 'apps/dashboard/src/pages/map/points.json';
const points = pointsBeside(coarse, fine);

describe('the map', () => {
  it('has a shape or a point for each place of the finer atlas, Kosovo, Singapore and Bahrain among them', () => {
    const shapes = shapesOf(coarse).flatMap(({ code }) => code ?? []);
    const codes = [...shapes, ...points.map(({ code }) => code)];
    expect(codes).toEqual(expect.arrayContaining(['AE', 'IN', 'XK', 'SG', 'BH', 'MT', 'HK']));
    expect(new Set(codes).size).toBeGreaterThan(230);
    expect(points.length).toBeGreaterThan(55);
    expect(points.filter(({ code }) => shapes.includes(code))).toEqual([]);
  });

  it('has the points of its file', () => {
    // Written anew with UPDATE_POINTS=1.
    if (process.env['UPDATE_POINTS'] === '1') writeFileSync(file, `[\n${points.map((point) => `  ${JSON.stringify(point)}`).join(',\n')}\n]\n`);
    expect(JSON.parse(readFileSync(file, 'utf8')) as readonly Point[]).toEqual(points);
  });

  it('has everything within its frame, and labels on the mainland', () => {
    const places = [...shapesOf(coarse).map(({ at }) => at), ...points.map(placeOf)];
    expect(places.filter(([x, y]) => x < 0 || y < 0 || x > mapWidth || y > mapHeight)).toEqual([]);
    const france = shapesOf(coarse).find(({ code }) => code === 'FR')?.at;
    const germany = shapesOf(coarse).find(({ code }) => code === 'DE')?.at;
    expect(Math.hypot((france?.[0] ?? 0) - (germany?.[0] ?? 0), (france?.[1] ?? 0) - (germany?.[1] ?? 0))).toBeLessThan(40);
  });
});
