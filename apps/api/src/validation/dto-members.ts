import { getMetadataStorage } from 'class-validator';
import { nestedType, type DtoClass } from './members.js';

/** One member of a DTO class as its decorators describe it. */
export interface DtoMember {
  readonly name: string;
  /** Whether the value is looked at at all: `MayBeLeftOut`. */
  readonly applies: (value: unknown) => boolean;
  readonly checks: readonly MemberCheck[];
  readonly nested: { readonly dto: DtoClass; readonly each: boolean } | undefined;
}

export interface MemberCheck {
  /** As class-validator names it: `isString`, `maxLength`, ... */
  readonly name: string;
  readonly constraints: readonly unknown[];
  readonly each: boolean;
  readonly passes: (value: unknown) => boolean;
}

// These look at nothing but the value and their constraints; whatever looks further cannot be compiled.
const compilable = new Set([
  'isArray',
  'arrayMinSize',
  'arrayMaxSize',
  'isBoolean',
  'isIn',
  'isInt',
  'isNumber',
  'isObject',
  'isPositive',
  'isString',
  'matches',
  'max',
  'maxLength',
  'min',
  'minLength',
  'isCount',
  'isCountryCode',
  'isDay',
  'isInstant',
  'isLineName',
  'isPosition',
  'isOperations',
  'isSomeTpp',
  'isText',
  'isName',
  'isRecordedText',
  'isTpp',
]);

const known = new Map<DtoClass, readonly DtoMember[]>();

/**
 * The members of a DTO class in the order of their declaration, read from class-validator's own metadata, so that
 * the decorators stay the one place where a shape is said.
 * @throws Error for a decorator that this cannot read; it then stops the start.
 */
export function membersOf(dto: DtoClass): readonly DtoMember[] {
  let members = known.get(dto);
  if (members === undefined) known.set(dto, (members = readMembers(dto)));
  return members;
}

function readMembers(dto: DtoClass): readonly DtoMember[] {
  const storage = getMetadataStorage();
  const byName = new Map<string, ReturnType<typeof storage.getTargetValidationMetadatas>>();
  for (const metadata of storage.getTargetValidationMetadatas(dto, '', false, false)) {
    const ofMember = byName.get(metadata.propertyName) ?? [];
    ofMember.push(metadata);
    byName.set(metadata.propertyName, ofMember);
  }
  return [...byName].map(([name, ofMember]): DtoMember => {
    const conditions: ((object: object, value: unknown) => boolean)[] = [];
    const checks: MemberCheck[] = [];
    let nested: DtoMember['nested'];
    for (const metadata of ofMember) {
      if (metadata.type === 'conditionalValidation') {
        conditions.push(
          (metadata.constraints as ((object: object, value: unknown) => boolean)[])[0] ?? ((): boolean => true),
        );
      } else if (metadata.type === 'nestedValidation') {
        const nestedDto = nestedType(dto, name);
        if (nestedDto === undefined) throw new Error(`${dto.name}.${name}: use @Nested instead of @ValidateNested.`);
        nested = { dto: nestedDto, each: metadata.each };
      } else if (metadata.type === 'customValidation' && metadata.name !== undefined && compilable.has(metadata.name)) {
        for (const { instance } of storage.getTargetValidatorConstraints(metadata.constraintCls)) {
          const args = {
            value: undefined,
            constraints: metadata.constraints as unknown[],
            targetName: dto.name,
            object: {},
            property: name,
          };
          const passes = (value: unknown): boolean => instance.validate(value, args) === true;
          checks.push({ name: metadata.name, constraints: args.constraints ?? [], each: metadata.each, passes });
        }
      } else {
        throw new Error(
          `${dto.name}.${name}: no predicate can be compiled from the decorator ${metadata.name ?? metadata.type}.`,
        );
      }
    }
    const applies = (value: unknown): boolean => conditions.every((condition) => condition({}, value));
    return { name, applies, checks, nested };
  });
}
