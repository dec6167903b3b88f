import type { FastifyRequest } from 'fastify';
import { MayBeLeftOut, IsCount, IsText, About } from '../validation/members.js';
import type { Shape } from '../validation/shape.js';
import { invalid } from './problem.js';

/** What every list takes. */
export class PageQuery {
  @About('How many at most; 1 to 200, left out: 50.')
  @MayBeLeftOut()
  @IsCount(1, 200)
  readonly limit?: string;

  @About('`nextCursor` of the page before.')
  @MayBeLeftOut()
  @IsText(1000)
  readonly cursor?: string;
}

export function limitOf({ limit }: PageQuery): number {
  return limit === undefined ? 50 : Number(limit);
}

/** @throws Problem (400) for unknown or repeated parameters and values out of range. */
export function readQuery<T>(request: FastifyRequest, shape: Shape<T>): T {
  const query = request.query as Readonly<Record<string, unknown>>;
  for (const name in query) {
    if (Array.isArray(query[name])) {
      throw invalid([{ in: 'query', pointer: `/${name}`, message: `${name} is given more than once` }]);
    }
  }
  return shape.check(query, 'query');
}

/** @throws Problem (400) if there is any parameter. Looks at the URL first, so that it costs nothing. */
export function refuseQuery(request: FastifyRequest): undefined {
  const url = request.raw.url ?? '';
  const at = url.indexOf('?');
  if (at === -1 || at === url.length - 1) return undefined;
  const [first, ...more] = Object.keys(request.query as object).map((name) => ({
    in: 'query' as const,
    pointer: `/${name.slice(0, 100)}`,
    message: `${name.slice(0, 100)} is no parameter of this path: it takes none`,
  }));
  if (first !== undefined) throw invalid([first, ...more.slice(0, 49)]);
  return undefined;
}
