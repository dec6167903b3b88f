import type { Moment } from '#projections';
import { invalid } from '../http/problem.js';
import type { MomentQuery } from './country.query.js';

/**
 * The moment that is asked about; undefined: now.
 * @param nowMs milliseconds since 1970
 * @throws Problem (400) for a time in the future, and for both.
 */
export function momentOf({ asOf, atPosition }: MomentQuery, nowMs: number): Moment | undefined {
  if (asOf !== undefined && atPosition !== undefined) {
    throw invalid([{ in: 'query', pointer: '/atPosition', message: 'atPosition cannot be given together with asOf' }]);
  }
  if (atPosition !== undefined) return { at: 'position', position: Number(atPosition) };
  if (asOf === undefined) return undefined;
  const ms = Date.parse(asOf);
  if (ms > nowMs) {
    const message = `asOf must not be in the future; it is ${new Date(nowMs).toISOString()} now`;
    throw invalid([{ in: 'query', pointer: '/asOf', message }]);
  }
  return { at: 'time', ms };
}
