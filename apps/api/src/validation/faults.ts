import { IsBoolean, validateSync } from 'class-validator';
import type { Fault } from '#wire';
import { predicateOf } from './compile-predicate.js';
import { membersOf, type DtoMember } from './dto-members.js';
import { MayBeLeftOut, type DtoClass } from './members.js';

/** So that an answer, and the work for it, stay small whatever was sent. */
const faultsMax = 50;

/** The first faults, at most 50, of a value that should be as the DTO class describes, in the words of class-validator. */
export function faultsOf(dto: DtoClass, value: unknown): readonly Fault[] {
  if (value === undefined) return [{ pointer: '', message: 'the body is empty: a JSON object is needed' }];
  if (!isPlainObject(value)) return [{ pointer: '', message: 'the body must be a JSON object' }];
  // First by ourselves: class-validator overlooks names that every object inherits, like `hasOwnProperty`.
  const unknown = firstOf(unknownMembers(dto, value, ''));
  return unknown.length > 0 ? unknown : firstOf(wrongMembers(dto, value, ''));
}

function firstOf(faults: Iterable<Fault>): readonly Fault[] {
  const first: Fault[] = [];
  for (const fault of faults) if (first.push(fault) === faultsMax) break;
  return first;
}

function* unknownMembers(dto: DtoClass, value: object, pointer: string): Generator<Fault> {
  const members = new Map(membersOf(dto).map((member) => [member.name, member]));
  for (const name in value) {
    const member = members.get(name);
    if (member === undefined) yield { pointer: `${pointer}/${escaped(name)}`, message: `${name.slice(0, 100)} is not known here` };
    else for (const inner of objectsIn(member, value, pointer)) yield* unknownMembers(inner.dto, inner.value, inner.pointer);
  }
}

/** Of an object without unknown members. What lies in it is looked at one object at a time, so that the first faults end the work. */
function* wrongMembers(dto: DtoClass, value: object, pointer: string): Generator<Fault> {
  const own = ownFaults(dto, value);
  for (const member of membersOf(dto)) {
    for (const message of own.get(member.name) ?? []) yield { pointer: `${pointer}/${escaped(member.name)}`, message };
    for (const inner of objectsIn(member, value, pointer)) {
      if (!predicateOf(inner.dto)(inner.value)) yield* wrongMembers(inner.dto, inner.value, inner.pointer);
    }
  }
}

interface InnerObject {
  readonly dto: DtoClass;
  readonly value: object;
  readonly pointer: string;
}

/** The objects that the member may hold; none of an array with more elements than it may have. */
function* objectsIn(member: DtoMember, value: object, pointer: string): Generator<InnerObject> {
  const { name, nested } = member;
  if (nested === undefined || !Object.hasOwn(value, name)) return;
  const inner = memberOf(value, name);
  const at = `${pointer}/${escaped(name)}`;
  if (isPlainObject(inner) && !nested.each) yield { dto: nested.dto, value: inner, pointer: at };
  if (!Array.isArray(inner) || !nested.each || inner.length > elementsMax(member)) return;
  for (const [index, element] of inner.entries()) {
    if (isPlainObject(element)) yield { dto: nested.dto, value: element, pointer: `${at}/${index}` };
  }
}

/** Messages by member, of this object alone: objects in it pass. */
function ownFaults(dto: DtoClass, value: object): ReadonlyMap<string, readonly string[]> {
  const instance = new dto();
  for (const member of membersOf(dto)) {
    if (Object.hasOwn(value, member.name)) Object.assign(instance, { [member.name]: withoutObjects(member, memberOf(value, member.name)) });
  }
  const errors = validateSync(instance, { forbidUnknownValues: true, validationError: { target: false, value: false } });
  return new Map(errors.map(({ property, constraints }) => [property, Object.values(constraints ?? {})]));
}

/** An array is cut where it is too long already. */
function withoutObjects(member: DtoMember, value: unknown): unknown {
  const { nested } = member;
  const passed = (inner: unknown): unknown => (nested !== undefined && isPlainObject(inner) ? looksRight : inner);
  return Array.isArray(value) ? value.slice(0, elementsMax(member) + 1).map(passed) : passed(value);
}

/** Stands for an object that is judged by itself: class-validator wants an instance of a class that it knows. */
class LooksRight {
  @MayBeLeftOut()
  @IsBoolean()
  readonly isJudgedElsewhere?: boolean;
}

const looksRight = new LooksRight();

function elementsMax({ checks }: DtoMember): number {
  return Number(checks.find(({ name }) => name === 'arrayMaxSize')?.constraints[0] ?? Infinity);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(value: object, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

function escaped(name: string): string {
  return name.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}
