import type { INestApplication } from '@nestjs/common';
import { answerSchemas, problemTable, type JsonSchema, type ProblemCode } from '#wire';
import { headerTexts, type DeclaredHeader } from '../http/request-header.js';
import { membersOf } from '../validation/dto-members.js';
import { aboutMember, type DtoClass } from '../validation/members.js';
import { dtoSchema, isRequired, memberSchema } from './dto-schema.js';
import { recordedOperations } from '../pipeline/operation.js';
import {
  tags,
  type AnswerText,
  type OperationText,
  type RequestHeader,
  type ResponseHeader,
} from '../pipeline/operation-text.js';

type Swagger = typeof import('@nestjs/swagger');

/** The OpenAPI 3.1 document of the app. @nestjs/swagger is loaded here and nowhere else. */
export async function openApiDocument(app: INestApplication): Promise<object> {
  const swagger = await import('@nestjs/swagger');
  describeOnce(swagger);
  const builder = new swagger.DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Quota Ledger')
    .setDescription(
      'An event-sourced ledger of AI-chip export quotas. ' +
        'Amounts are TPP with at most three decimals, times are RFC 3339 in UTC.',
    )
    .setVersion('1')
    .addBearerAuth();
  for (const [tag, about] of Object.entries(tags)) builder.addTag(tag, about);
  // Tags of its own, by controller, would show each operation twice.
  const document = swagger.SwaggerModule.createDocument(app, builder.build(), { autoTagControllers: false });
  const dtos = recordedOperations.flatMap(({ text }) => {
    const { dto, or } = text.body ?? {};
    return [dto, or?.dto].filter((each) => each !== undefined);
  });
  const schemas = { ...answerSchemas, ...Object.fromEntries(dtos.map((dto) => [dto.name, dtoSchema(dto)])) };
  const paths = Object.fromEntries(Object.entries(document.paths).sort(byTag));
  return { ...document, paths, components: { ...document.components, schemas } };
}

/** Paths of one tag stay as the controllers have them. */
function byTag([, a]: readonly [string, object], [, b]: readonly [string, object]): number {
  return placeOfTag(a) - placeOfTag(b);
}

function placeOfTag(path: object): number {
  const [first] = Object.values(path) as readonly { readonly tags?: readonly string[] }[];
  return Object.keys(tags).indexOf(first?.tags?.[0] ?? '');
}

let described = false;

/** Turns what `@Operation` noted into the decorators of @nestjs/swagger; they stay with the classes. */
function describeOnce(swagger: Swagger): void {
  if (described) return;
  described = true;
  for (const { prototype, handler, text } of recordedOperations) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, handler) ?? {};
    for (const decorate of decoratorsOf(swagger, text)) decorate(prototype, handler, descriptor);
  }
}

function decoratorsOf(swagger: Swagger, text: OperationText): MethodDecorator[] {
  if (text.tag === undefined) return [swagger.ApiExcludeEndpoint()];
  const { tag, summary, description, body, query, path = {}, headers = [], answers } = text;
  return [
    swagger.ApiTags(tag),
    swagger.ApiOperation({ summary, ...(description !== undefined && { description }) }),
    ...Object.entries(path).map(([name, about]) =>
      swagger.ApiParam({ name, description: about, schema: { type: 'string' } }),
    ),
    ...(query === undefined
      ? []
      : membersOf(query).map((member) =>
          swagger.ApiQuery({
            name: member.name,
            required: isRequired(member),
            schema: memberSchema(query, member),
            description: aboutMember(query, member.name) ?? '',
          }),
        )),
    ...headers.map((header) => swagger.ApiHeader(requestHeader(header))),
    ...(body === undefined
      ? []
      : [
          swagger.ApiConsumes(body.type ?? 'application/json'),
          swagger.ApiBody({
            required: body.required ?? true,
            schema: {
              ...bodySchema(body.dto, body.or?.dto),
              ...(body.example !== undefined && { example: body.example }),
            },
          }),
        ]),
    ...Object.entries(answers).map(([status, answer]) => swagger.ApiResponse(response(Number(status), answer))),
    ...problemResponses(text).map((problem) => swagger.ApiResponse(problem)),
  ];
}

function bodySchema(dto: DtoClass, or: DtoClass | undefined): JsonSchema {
  const refs = [dto, ...(or === undefined ? [] : [or])].map(({ name }) => ({ $ref: `#/components/schemas/${name}` }));
  return refs.length === 1 ? { ...refs[0] } : { anyOf: refs };
}

function requestHeader(header: RequestHeader): {
  name: string;
  required: boolean;
  description: string;
  schema: JsonSchema;
} {
  const name = header.replace('?', '') as DeclaredHeader;
  const { about, schema } = headerTexts[name];
  return { name, required: !header.endsWith('?'), description: about, schema };
}

const responseHeaders: Readonly<Record<ResponseHeader, string>> = {
  Location: 'Path of what was created.',
  ETag: 'The revision, for If-Match.',
  'Ledger-Position': 'The position of the decision, or that the answer reflects.',
  'Idempotency-Replayed': '`true` where this is the first answer again.',
  Link: '`rel="next"` while there is another page.',
};

interface Response {
  readonly status: number;
  readonly description: string;
  readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  readonly headers?: Readonly<
    Record<string, { readonly description: string; readonly schema: { readonly type: 'string' } }>
  >;
}

function response(
  status: number,
  { text, schema, line, type, also = [], headers = [] }: AnswerText,
): Response & { content: Record<string, never> } {
  const ofType = (name: string): string | undefined => {
    if (name === 'application/x-ndjson') return line;
    return name === 'application/json' ? schema : undefined;
  };
  const types = [type ?? 'application/json', ...also];
  return {
    status,
    description: text,
    content: Object.fromEntries(
      types.map((name) => {
        const found = ofType(name);
        return [name, { schema: found === undefined ? { type: 'string' } : { $ref: `#/components/schemas/${found}` } }];
      }),
    ),
    headers: Object.fromEntries(
      headers.map((name) => [name, { description: responseHeaders[name], schema: { type: 'string' } }]),
    ),
  } as Response & { content: Record<string, never> };
}

/** Problems by status, those that every route can answer included. */
function problemResponses({ body, path, headers = [], problems = [] }: OperationText): ReturnType<typeof response>[] {
  const codes = new Set<ProblemCode>([
    'invalid-request',
    'malformed-request',
    'not-acceptable',
    'request-timeout',
    'headers-too-large',
    'internal-error',
    'not-ready',
    'store-unavailable',
    ...problems,
  ]);
  if (path !== undefined) codes.add('malformed-url').add('uri-too-long');
  if (body !== undefined)
    for (const code of ['malformed-json', 'body-too-large', 'unsupported-media-type', 'storage-full'] as const)
      codes.add(code);
  if (headers.includes('Idempotency-Key')) codes.add('idempotency-key-missing');
  if (headers.some((header) => header.startsWith('Idempotency-Key'))) codes.add('idempotency-key-invalid');
  if (codes.has('projection-behind')) codes.add('position-unknown');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = problemTable[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(
      ([status, ofStatus]) =>
        ({
          status,
          description: ofStatus.map((code) => `\`${code}\`: ${problemTable[code].title}.`).join('\n\n'),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        }) as unknown as ReturnType<typeof response>,
    );
}
