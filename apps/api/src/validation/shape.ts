import type { Fault } from '#wire';
import { invalid } from '../http/problem.js';
import { predicateOf } from './compile-predicate.js';
import { faultsOf } from './faults.js';
import { compileNormalNames } from './normal-names.js';

/** A request body or query as a DTO class describes it. */
export interface Shape<T> {
  /** Whether the value has this shape: the fast way, for the many that have. */
  readonly fits: (value: unknown) => value is T;
  /** The first things that are wrong with a value that does not fit, by class-validator. */
  faults(value: unknown, place?: 'query'): readonly [Fault, ...Fault[]];
  /** The value with its names in their normal form: itself if they are. @throws Problem (400) that names the members at fault, 50 at most */
  check(value: unknown, place?: 'query'): T;
}

export function shapeOf<T extends object>(dto: new () => T): Shape<T> {
  const fits = predicateOf(dto) as (value: unknown) => value is T;
  const normal = compileNormalNames(dto) as (value: T) => T;
  const faults = (value: unknown, place?: 'query'): readonly [Fault, ...Fault[]] => {
    const found = faultsOf(dto, value).map((fault) => (place === undefined ? fault : { in: place, ...fault }));
    const [first = { pointer: '', message: 'the request does not have the shape that is asked for' }, ...more] = found;
    return [first, ...more];
  };
  return {
    fits,
    faults,
    check(value, place) {
      if (fits(value)) return normal(value);
      throw invalid(faults(value, place));
    },
  };
}
