import { membersOf, type DtoMember } from './dto-members.js';
import type { DtoClass } from './members.js';

type Predicate = (value: unknown) => boolean;

interface CompiledMember {
  readonly passes: Predicate;
  /** Counted, so that one pass over the members that are there tells whether one is missing. */
  readonly required: 0 | 1;
}

/**
 * Whether a parsed JSON value is what the DTO class describes, with no other members. Says yes only where
 * class-validator finds no error (a property test holds it to that) and takes a tenth of its time: it copies nothing
 * and builds no errors. Where it says no, class-validator is asked why.
 */
export function predicateOf(dto: DtoClass): Predicate {
  let predicate = compiled.get(dto);
  if (predicate === undefined) compiled.set(dto, (predicate = compile(dto)));
  return predicate;
}

const compiled = new Map<DtoClass, Predicate>();

function compile(dto: DtoClass): Predicate {
  const members = Object.create(null) as Record<string, CompiledMember>;
  let requiredCount = 0;
  for (const member of membersOf(dto)) {
    const passes = compileMember(member);
    const required = passes(undefined) ? 0 : 1;
    members[member.name] = { passes, required };
    requiredCount += required;
  }
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let required = 0;
    for (const name in value) {
      const member = members[name];
      if (member === undefined || !member.passes((value as Readonly<Record<string, unknown>>)[name])) return false;
      required += member.required;
    }
    return required === requiredCount;
  };
}

function compileMember({ applies, checks, nested }: DtoMember): Predicate {
  const each = all(checks.filter((check) => check.each).map(({ passes }) => passes));
  const whole = all(checks.filter((check) => !check.each).map(({ passes }) => passes));
  const hasEach = checks.some((check) => check.each);
  const deeper = nested === undefined ? undefined : predicateOf(nested.dto);
  return (value) => {
    if (!applies(value)) return true;
    if (!whole(value)) return false;
    if (!Array.isArray(value)) return (!hasEach || each(value)) && (deeper === undefined || deeper(value));
    if (hasEach && !value.every(each)) return false;
    return deeper === undefined || (nested?.each === true && value.every(deeper));
  };
}

function all(predicates: readonly Predicate[]): Predicate {
  const [first, second, ...more] = predicates;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (more.length === 0) return (value) => first(value) && second(value);
  const rest = all(more);
  return (value) => first(value) && second(value) && rest(value);
}
