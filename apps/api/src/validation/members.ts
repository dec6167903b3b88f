import { formatCharacterIn, instantMs, isCountry, isOperations, isTpp, kindOfLine, operationsMax } from '#rulebook';
import { Type } from 'class-transformer';
import { IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';

// The decorators of this API's own shapes. Each looks at the value alone, so that a predicate can be compiled from it.

/** Left out is fine; null is not, unlike with `IsOptional`: a caller who writes a member means something by it. */
export function MayBeLeftOut(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** Left out is fine, and null means none. */
export function MayBeNull(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined && value !== null);
}

/** One of these words will do instead of what the other decorators ask for: `unknown`, `none`. */
export function OrWord(...words: readonly string[]): PropertyDecorator {
  return orElse((value) => typeof value === 'string' && words.includes(value), { type: 'string', enum: words });
}

/** One figure of operations will do instead of what the other decorators ask for. */
export function OrOperations(): PropertyDecorator {
  const schema = { type: 'integer', minimum: 0, maximum: operationsMax };
  return orElse((value) => typeof value === 'number' && isOperations(value), schema);
}

const otherForms = new Map<object, Map<string, readonly OtherForm[]>>();

/** As JSON Schema. */
type OtherForm = Readonly<Record<string, unknown>>;

function orElse(passes: (value: unknown) => boolean, schema: OtherForm): PropertyDecorator {
  return (target, property) => {
    const ofClass = otherForms.get(target.constructor) ?? new Map<string, readonly OtherForm[]>();
    otherForms.set(target.constructor, ofClass);
    ofClass.set(String(property), [...(ofClass.get(String(property)) ?? []), schema]);
    ValidateIf((_, value) => !passes(value))(target, property);
  };
}

/** The forms of a member besides the one that its other decorators describe, for the OpenAPI document. */
export function otherFormsOf(dto: DtoClass, property: string): readonly OtherForm[] {
  for (let at: unknown = dto; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const found = otherForms.get(at)?.get(property);
    if (found !== undefined) return found;
  }
  return [];
}

/**
 * Text for people (with `each` a list of texts): 1 to `max` characters, not only blanks, no control or format characters
 * (the latter make different texts look alike), no half of a surrogate pair.
 */
export function IsText(max: number, { each = false } = {}): PropertyDecorator {
  return textOf('isText', max, each);
}

/** As `IsText`, of what names something recorded: that may have format characters, which were accepted once. */
export function IsRecordedText(max: number): PropertyDecorator {
  return textOf('isRecordedText', max, false);
}

/** As `IsText`, of what names an exporter or a company: the value that a handler gets is the name's normal form. */
export function IsName(max: number, { each = false } = {}): PropertyDecorator {
  return textOf('isName', max, each);
}

function textOf(name: 'isText' | 'isName' | 'isRecordedText', max: number, each: boolean): PropertyDecorator {
  const what = each ? 'each of $property' : '$property';
  return ValidateBy(
    {
      name,
      constraints: [max],
      validator: {
        validate: (value): boolean =>
          typeof value === 'string' &&
          value.length <= max &&
          value.trim() !== '' &&
          !controlCharacter.test(value) &&
          (name === 'isRecordedText' || formatCharacterIn(value) === undefined) &&
          value.isWellFormed(),
        defaultMessage: (args) =>
          `${what} must be text of 1 to ${max} characters, not only blanks, without control or format characters` +
          foundIn(args?.value),
      },
    },
    { each },
  );
}

/** The code point of the invisible character, for the message; empty if there is none. */
function foundIn(value: unknown): string {
  const texts = [value].flat().filter((text) => typeof text === 'string');
  const found = texts.map(formatCharacterIn).find((character) => character !== undefined);
  return found === undefined ? '' : `: it has ${found}, which is invisible`;
}

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const controlCharacter = /[\u0000-\u001f\u007f-\u009f]/;

/** An amount of TPP: at most three decimals, exact. */
export function IsTpp(): PropertyDecorator {
  return ValidateBy({
    name: 'isTpp',
    validator: {
      validate: (value): boolean => typeof value === 'number' && isTpp(value),
      defaultMessage: (args) =>
        `${args?.property} must be an amount of TPP: a number from 0 to 9007199254740.991 with at most three decimals`,
    },
  });
}

/** An amount of TPP above zero. */
export function IsSomeTpp(): PropertyDecorator {
  return ValidateBy({
    name: 'isSomeTpp',
    validator: {
      validate: (value): boolean => typeof value === 'number' && value > 0 && isTpp(value),
      defaultMessage: (args) =>
        `${args?.property} must be an amount of TPP above 0, up to 9007199254740.991 with at most three decimals`,
    },
  });
}

/** The name of a quota line. Filters take nothing else: no other line can have a history. */
export function IsLineName(): PropertyDecorator {
  return ValidateBy({
    name: 'isLineName',
    validator: {
      validate: (value): boolean => typeof value === 'string' && kindOfLine(value) !== undefined,
      defaultMessage: (args) =>
        `${args?.property} must be a quota line: country:<country>, lpp:<ultimate parent>:<year>, nveu:<company>:<country> or uveu:<company>`,
    },
  });
}

/** The code of a country that there is. */
export function IsCountryCode(): PropertyDecorator {
  return ValidateBy({
    name: 'isCountryCode',
    validator: {
      validate: (value): boolean => typeof value === 'string' && isCountry(value),
      defaultMessage: (args) =>
        `${args?.property} must be the ISO 3166-1 alpha-2 code of a country in capitals, as AE: GET /v1/countries lists them`,
    },
  });
}

/** A number of training operations. */
export function IsOperations(): PropertyDecorator {
  return ValidateBy({
    name: 'isOperations',
    validator: {
      validate: (value): boolean => typeof value === 'number' && isOperations(value),
      defaultMessage: (args) => `${args?.property} must be a whole number of operations from 0 to 1e30, or "unknown"`,
    },
  });
}

/** A time as RFC 3339 writes it, in any offset. */
export function IsInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value): boolean => typeof value === 'string' && instantMs(value) !== undefined,
      defaultMessage: (args) => `${args?.property} must be a time as 2026-12-31T00:00:00Z (RFC 3339)`,
    },
  });
}

/** A calendar day, `YYYY-MM-DD`. */
export function IsDay(): PropertyDecorator {
  return ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value): boolean =>
        typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && instantMs(`${value}T00:00:00Z`) !== undefined,
      defaultMessage: (args) => `${args?.property} must be a day as 2026-12-31`,
    },
  });
}

/** A position in the log as bodies carry it: a text of digits. */
export function IsPosition(): PropertyDecorator {
  return ValidateBy({
    name: 'isPosition',
    validator: {
      validate: (value): boolean => typeof value === 'string' && position.test(value) && Number.isSafeInteger(Number(value)),
      defaultMessage: (args) => `${args?.property} must be a position of the log as text, as "123"`,
    },
  });
}

const position = /^(0|[1-9]\d{0,15})$/;

/** A whole number written in digits, as query parameters carry it. */
export function IsCount(min: number, max: number): PropertyDecorator {
  return ValidateBy({
    name: 'isCount',
    constraints: [min, max],
    validator: {
      validate: (value): boolean =>
        typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) && Number(value) >= min && Number(value) <= max,
      defaultMessage: (args) => `${args?.property} must be a whole number from ${min} to ${max}`,
    },
  });
}

export type DtoClass = new () => object;

const nestedTypes = new Map<object, Map<string, DtoClass>>();

/** An object, or with `each` an array of objects, of another DTO class. */
export function Nested(type: () => DtoClass, { each = false, message = '' } = {}): PropertyDecorator {
  return (target, property) => {
    const ofClass = nestedTypes.get(target.constructor) ?? new Map<string, DtoClass>();
    nestedTypes.set(target.constructor, ofClass.set(String(property), type()));
    Type(type)(target, property);
    const text = message || (each ? 'each of $property must be an object' : '$property must be an object');
    IsObject({ each, message: text })(target, property);
    ValidateNested({ each, message: text })(target, property);
  };
}

/** The class of a nested member, also of those that the class inherits. */
export function nestedType(dto: DtoClass, property: string): DtoClass | undefined {
  for (let at: unknown = dto; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const found = nestedTypes.get(at)?.get(property);
    if (found !== undefined) return found;
  }
  return undefined;
}

const texts = new Map<object, Map<string, string>>();

/** What the member is, for the OpenAPI document. */
export function About(text: string): PropertyDecorator {
  return (target, property) => {
    const ofClass = texts.get(target.constructor) ?? new Map<string, string>();
    texts.set(target.constructor, ofClass.set(String(property), text));
  };
}

export function aboutMember(dto: DtoClass, property: string): string | undefined {
  for (let at: unknown = dto; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const found = texts.get(at)?.get(property);
    if (found !== undefined) return found;
  }
  return undefined;
}
