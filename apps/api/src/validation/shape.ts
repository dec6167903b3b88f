import { validateSync, type ValidationError } from 'class-validator';
import { invalid, type Fault } from '../http/problem.js';
import { compilePredicate } from './compile-predicate.js';
import { compileNormalNames } from './normal-names.js';
import { membersOf } from './dto-members.js';
import type { DtoClass } from './members.js';

/** A request body or query as a DTO class describes it. */
export interface Shape<T> {
  /** Whether the value has this shape: the fast way, for the many that have. */
  readonly fits: (value: unknown) => value is T;
  /** What is wrong with a value that does not fit, by class-validator. */
  faults(value: unknown, place?: 'query'): readonly [Fault, ...Fault[]];
  /** The value with its names in their normal form: itself if they are. @throws Problem (400) that names every member at fault */
  check(value: unknown, place?: 'query'): T;
}

export function shapeOf<T extends object>(dto: new () => T): Shape<T> {
  const fits = compilePredicate(dto) as (value: unknown) => value is T;
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

function faultsOf(dto: DtoClass, value: unknown): Fault[] {
  if (value === undefined) return [{ pointer: '', message: 'the body is empty: a JSON object is needed' }];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ pointer: '', message: 'the body must be a JSON object' }];
  }
  // First by ourselves: class-validator overlooks names that every object inherits, like `hasOwnProperty`.
  const unknown = unknownMembers(dto, value, '');
  if (unknown.length > 0) return unknown.slice(0, faultsMax);
  const errors = validateSync(instanceOf(dto, value), {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
  });
  return errors.flatMap((error) => flatten(error, '')).slice(0, faultsMax);
}

/** So that an answer stays small whatever was sent. */
const faultsMax = 50;

/**
 * The value as instances of its classes, which is how class-validator finds their decorators. Only known members get
 * here. (class-transformer fails on some members called `constructor`.)
 */
function instanceOf(dto: DtoClass, value: object): object {
  const instance = new dto();
  for (const { name, nested } of membersOf(dto)) {
    if (!Object.hasOwn(value, name)) continue;
    const inner = (value as Readonly<Record<string, unknown>>)[name];
    const convert = (element: unknown): unknown =>
      nested !== undefined && isPlainObject(element) ? instanceOf(nested.dto, element) : element;
    Object.assign(instance, { [name]: Array.isArray(inner) ? inner.map(convert) : convert(inner) });
  }
  return instance;
}

function unknownMembers(dto: DtoClass, value: object, pointer: string): Fault[] {
  const members = new Map(membersOf(dto).map((member) => [member.name, member]));
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]): Fault[] => {
    const at = `${pointer}/${escaped(name)}`;
    const member = members.get(name);
    if (member === undefined) return [{ pointer: at, message: `${name.slice(0, 100)} is not known here` }];
    const { nested } = member;
    if (nested === undefined) return [];
    if (Array.isArray(inner)) {
      return inner.flatMap((element: unknown, index) =>
        isPlainObject(element) ? unknownMembers(nested.dto, element, `${at}/${index}`) : [],
      );
    }
    return isPlainObject(inner) ? unknownMembers(nested.dto, inner, at) : [];
  });
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flatten({ property, constraints, children }: ValidationError, pointer: string): Fault[] {
  // An element that is no object has no property here; the array that holds it has an error of its own.
  if ((property as string | undefined) === undefined) return [];
  const at = `${pointer}/${escaped(property)}`;
  const own = Object.values(constraints ?? {}).map((message) => ({ pointer: at, message }));
  return [...own, ...(children ?? []).flatMap((child) => flatten(child, at))];
}

function escaped(name: string): string {
  return name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}
