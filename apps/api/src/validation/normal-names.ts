import { normalName } from '#rulebook';
import { membersOf, type DtoMember } from './dto-members.js';
import type { DtoClass } from './members.js';

type Members = Readonly<Record<string, unknown>>;
type Change = (value: unknown) => unknown;

/**
 * Brings the names in a value that the DTO class accepts into their normal form: its members with `IsName`, at any depth.
 * The function that it compiles returns the value itself where all names are normal, else a copy.
 */
export function compileNormalNames(dto: DtoClass): Change {
  const changes = membersOf(dto).flatMap((member) => {
    const change = changeOf(member);
    return change === undefined ? [] : [{ name: member.name, change }];
  });
  return (value) => {
    // Other forms of a member, as the word "none", have no names.
    if (typeof value !== 'object' || value === null) return value;
    let changed: Record<string, unknown> | undefined;
    for (const { name, change } of changes) {
      const member = (value as Members)[name];
      if (member === undefined) continue;
      const normal = change(member);
      if (normal !== member) (changed ??= { ...value })[name] = normal;
    }
    return changed ?? value;
  };
}

/** Undefined for a member without names. */
function changeOf({ checks, nested }: DtoMember): Change | undefined {
  const name = checks.find((check) => check.name === 'isName');
  if (name !== undefined) return name.each ? inEach(normalText) : normalText;
  if (nested === undefined || !hasNames(nested.dto)) return undefined;
  const deeper = compileNormalNames(nested.dto);
  return nested.each ? inEach(deeper) : deeper;
}

function hasNames(dto: DtoClass): boolean {
  return membersOf(dto).some(
    ({ checks, nested }) => checks.some(({ name }) => name === 'isName') || (nested !== undefined && hasNames(nested.dto)),
  );
}

function inEach(change: Change): Change {
  return (values) => {
    if (!Array.isArray(values)) return values;
    const changed: readonly unknown[] = values.map(change);
    return changed.every((value, index) => value === values[index]) ? (values as unknown) : changed;
  };
}

function normalText(value: unknown): unknown {
  return typeof value === 'string' ? normalName(value) : value;
}
