import { operationsMax, tppMax } from '#rulebook';
import type { JsonSchema } from '#wire';
import { membersOf, type DtoMember, type MemberCheck } from '../validation/dto-members.js';
import { aboutMember, otherFormsOf, type DtoClass } from '../validation/members.js';

/** The JSON Schema of a DTO class, from the same metadata that its validation comes from. */
export function dtoSchema(dto: DtoClass): JsonSchema {
  const members = membersOf(dto);
  const required = members.filter(isRequired).map(({ name }) => name);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(members.map((member) => [member.name, memberSchema(dto, member)])),
    ...(required.length > 0 && { required }),
  };
}

export function isRequired({ applies, checks }: DtoMember): boolean {
  return applies(undefined) && !checks.every(({ passes }) => passes(undefined));
}

export function memberSchema(dto: DtoClass, member: DtoMember): JsonSchema {
  const { nested, applies } = member;
  const checks = member.checks.filter(({ each }) => !each);
  let schema: Record<string, unknown> = Object.assign({}, ...checks.map(checkSchema)) as Record<string, unknown>;
  const ofEach = member.checks.filter(({ each }) => each);
  if (ofEach.length > 0 && nested === undefined) {
    schema = { ...schema, items: Object.assign({}, ...ofEach.map(checkSchema)) as JsonSchema };
  }
  if (nested !== undefined) {
    const inner = dtoSchema(nested.dto);
    schema = nested.each ? { ...schema, items: inner } : { ...inner };
  }
  const others = otherFormsOf(dto, member.name);
  if (others.length > 0) schema = { anyOf: [schema, ...others] };
  const about = aboutMember(dto, member.name);
  if (about !== undefined) schema = { ...schema, description: about };
  if (!applies(null) && typeof schema['type'] === 'string') schema['type'] = [schema['type'], 'null'];
  return schema;
}

const control = '\\u0000-\\u001f\\u007f-\\u009f';
const format = '\\p{Cf}';

/** Not only blanks, without these characters. */
function textWithout(characters: string): string {
  return `^[^${characters}]*[^\\s${characters}][^${characters}]*$`;
}

function checkSchema({ name, constraints }: MemberCheck): JsonSchema {
  const [first, second] = constraints;
  switch (name) {
    case 'isArray':
      return { type: 'array' };
    case 'arrayMinSize':
      return { minItems: first };
    case 'arrayMaxSize':
      return { maxItems: first };
    case 'isBoolean':
      return { type: 'boolean' };
    case 'isIn':
      return { type: 'string', enum: first };
    case 'isInt':
      return { type: 'integer' };
    case 'isNumber':
      return { type: 'number' };
    case 'isPositive':
      return { exclusiveMinimum: 0 };
    case 'isObject':
      return { type: 'object' };
    case 'isString':
      return { type: 'string' };
    case 'matches':
      return { pattern: first instanceof RegExp ? first.source : String(first) };
    case 'max':
      return { maximum: first };
    case 'min':
      return { minimum: first };
    case 'isText':
    case 'isName':
      return { type: 'string', minLength: 1, maxLength: first, pattern: textWithout(control + format) };
    case 'isRecordedText':
      return { type: 'string', minLength: 1, maxLength: first, pattern: textWithout(control) };
    case 'isLineName':
      return { type: 'string', pattern: '^(country|lpp|nveu|uveu):' };
    case 'isCountryCode':
      return { type: 'string', pattern: '^[A-Z]{2}$' };
    case 'isOperations':
      return { type: 'integer', minimum: 0, maximum: operationsMax };
    case 'isTpp':
      return { type: 'number', minimum: 0, maximum: tppMax };
    case 'isSomeTpp':
      return { type: 'number', exclusiveMinimum: 0, maximum: tppMax };
    case 'isInstant':
      return { type: 'string', format: 'date-time' };
    case 'isDay':
      return { type: 'string', format: 'date' };
    case 'isPosition':
      return { type: 'string', pattern: '^(0|[1-9][0-9]{0,15})$' };
    case 'isCount':
      return { type: 'integer', minimum: first, maximum: second };
    default:
      throw new Error(`No schema is known for the decorator ${name}.`);
  }
}
