import { Get, HttpCode, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerName } from '#wire';
import { send, type Answer } from '../http/answer.js';
import { ndjson, type BodyLimits } from '../http/body-limits.js';
import { ReadGate } from '../http/read-gate.js';
import type { Call } from './call.js';
import { entranceOf, type Method } from './enter.js';
import type { OperationText } from './operation-text.js';

export interface RecordedOperation {
  readonly prototype: object;
  readonly handler: string;
  readonly text: OperationText;
}

const recorded: RecordedOperation[] = [];

/** Every operation, for the OpenAPI document, which is built when it is first asked for. */
export const recordedOperations: readonly RecordedOperation[] = recorded;

const routes = { GET: Get, POST: Post, PATCH: Patch } as const;

type Instance<Class> = Class extends new () => infer Dto ? Dto : undefined;
type BodyOf<Text> = Text extends { readonly body: infer Body }
  ? Body extends { readonly unchecked: true }
    ? unknown
    : Body extends { readonly dto: infer Dto; readonly or: { readonly dto: infer Other } }
      ? Instance<Dto> | Instance<Other>
      : Body extends { readonly dto: infer Dto }
        ? Instance<Dto>
        : undefined
  : undefined;
type QueryOf<Text> = Text extends { readonly query: infer Query } ? Instance<Query> : undefined;
type SchemaOf<Text extends OperationText> = Text['answers'][keyof Text['answers']] extends infer Each
  ? Each extends { readonly schema: infer Name extends AnswerName } ? Name : never
  : never;
/** Undefined from a handler that has written its answer. */
type Answered<Name extends AnswerName> = Answer<Name> | undefined;

/**
 * Declares an operation, once: Nest gets its route, the OpenAPI document its text, the handler requests that passed the pipeline, and
 * what the handler returns is answered. Parameters of the path come behind the call, in their order.
 */
export function Operation<const Text extends OperationText>(method: Method, path: string, text: Text) {
  return <Handler extends (call: Call<BodyOf<Text>, QueryOf<Text>>, ...path: string[]) => Answered<SchemaOf<Text>> | Promise<Answered<SchemaOf<Text>>>>(
    prototype: object,
    name: string,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    const handler = descriptor.value as unknown as (call: Call<unknown, unknown>, ...path: readonly unknown[]) => ReturnType<Handler>;
    recorded.push({ prototype, handler: name, text });
    // Nest and the document know an operation by the name of its handler.
    const wrapped = Object.defineProperty(wrap(handler, method, path, text), 'name', { value: name });
    descriptor.value = wrapped as unknown as Handler;
    if (waitsForOf(text) !== undefined) Inject(ReadGate)(prototype, 'readGate');
    Req()(prototype, name, 0);
    Res()(prototype, name, 1);
    RouteConfig(limitsOf(text))(prototype, name, descriptor);
    HttpCode(Number(Object.keys(text.answers)[0]))(prototype, name, descriptor);
    routes[method](path)(prototype, name, descriptor);
  };
}

function wrap(
  handler: (call: Call<unknown, unknown>, ...path: readonly unknown[]) => Answered<AnswerName> | Promise<Answered<AnswerName>>,
  method: Method,
  path: string,
  text: OperationText,
) {
  const enter = entranceOf(method, text);
  const waitsFor = waitsForOf(text);
  const names = Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => name);
  return async function (this: { readonly readGate: ReadGate }, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    let call = enter(request, reply);
    if (waitsFor !== undefined) call = { ...call, position: await this.readGate.open(request, waitsFor) };
    const parameters = names.map((name) => (request.params as Readonly<Record<string, string>>)[name]);
    const answer = await handler.call(this, call, ...parameters);
    if (answer !== undefined) send(reply, answer);
  };
}

function limitsOf({ body }: OperationText): BodyLimits {
  return { ...(body?.bytesMax !== undefined && { bytesMax: body.bytesMax }), isNdjson: body?.type === ndjson };
}

function waitsForOf({ waitsFor, headers = [] }: OperationText): OperationText['waitsFor'] {
  return waitsFor ?? (headers.includes('Min-Position?') ? 'views' : undefined);
}
