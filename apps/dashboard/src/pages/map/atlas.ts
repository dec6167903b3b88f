import { geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import type { Feature, FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

export type Atlas = Topology<{ readonly countries: GeometryCollection<{ readonly name: string }> }>;

/** A country on the map; `code` is undefined for what the atlas draws and ISO 3166-1 does not know. */
export interface Shape {
  readonly code: string | undefined;
  readonly path: string;
  /** Where its label stands, in pixels. */
  readonly at: readonly [number, number];
}

/** Longitude and latitude of a place that is too small for the map's shapes. */
export interface Point {
  readonly code: string;
  readonly at: readonly [number, number];
}

export const mapWidth = 960;
export const mapHeight = 470;

const projection = geoEqualEarth().fitExtent([[4, 4], [mapWidth - 4, mapHeight - 4]], { type: 'Sphere' });
const path = geoPath(projection);

/** The shapes of an atlas. */
export function shapesOf(atlas: Atlas): readonly Shape[] {
  return featuresOf(atlas).map((each) => ({ code: codeOf(each), path: path(each) ?? '', at: path.centroid(largestOf(each)) }));
}

/** Where a point stands on the map, in pixels. */
export function placeOf({ at: [longitude, latitude] }: Point): readonly [number, number] {
  return projection([longitude, latitude]) ?? [0, 0];
}

/** The places of an atlas that a coarser one has no shape for. */
export function pointsBeside(coarse: Atlas, fine: Atlas): readonly Point[] {
  const drawn = new Set(featuresOf(coarse).map(codeOf));
  return featuresOf(fine).flatMap((each): readonly Point[] => {
    const code = codeOf(each);
    if (code === undefined || drawn.has(code)) return [];
    const [longitude, latitude] = geoCentroid(each);
    return [{ code, at: [Math.round(longitude * 10) / 10, Math.round(latitude * 10) / 10] }];
  });
}

function featuresOf(atlas: Atlas): readonly Feature[] {
  return (feature(atlas, atlas.objects.countries) as FeatureCollection).features;
}

/** The atlas numbers countries as ISO 3166-1 does, which knows no number for Kosovo. */
function codeOf({ id, properties }: Feature): string | undefined {
  if ((properties as { readonly name?: string } | null)?.name === 'Kosovo') return 'XK';
  const region = id === undefined ? undefined : Intl.getCanonicalLocales(`und-${String(id).padStart(3, '0')}`)[0]?.slice('und-'.length);
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : undefined;
}

/** Of a country in several parts the largest: the label of France does not stand in the Atlantic. */
function largestOf(of: Feature): Feature {
  if (of.geometry.type !== 'MultiPolygon') return of;
  const parts = of.geometry.coordinates.map((coordinates): Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } }));
  return parts.reduce((largest, each) => (path.area(each) > path.area(largest) ? each : largest), parts[0] ?? of);
}
