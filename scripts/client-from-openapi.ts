import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { answerSchemas } from '#wire';

/** Where they are, from the root of the repository. */
export const clientTypesFile = 'libs/client/src/generated/http-api.ts';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses?: Readonly<Record<string, object>> }>>>>;
}

const head = `// Written by dist/scripts/write-client.js from /v1/openapi.json: not edited by hand.
import type { Body } from '#wire';

`;

/** The types of an HTTP API as TypeScript. Answers are those of libs/wire, which their schemas come from. */
export async function clientTypes(document: object): Promise<string> {
  return head + (await typesOf(document, answerSchemas));
}

/** The same types without libs/wire: for those who have the client alone. */
export function publishedTypes(document: object): Promise<string> {
  return typesOf(document, {});
}

async function typesOf(document: object, known: object): Promise<string> {
  const nodes = await openapiTS(withOneProblem(document as OpenApi), {
    immutable: true,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (_, { path = '' }) => {
      const name = /^#\/components\/schemas\/(\w+)$/.exec(path)?.[1] ?? '';
      if (!Object.hasOwn(known, name)) return undefined;
      return ts.factory.createTypeReferenceNode('Body', [ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(name))]);
    },
  });
  return astToString(nodes);
}

/** Whatever its status, a problem is of one type: said for each of them, it would be most of the file. */
function withOneProblem(document: OpenApi): OpenAPI3 {
  const { paths } = document;
  const merged = mapped(paths, (operations) => mapped(operations, (operation) => ({ ...operation, responses: mergedResponses(operation.responses) })));
  return { ...document, paths: merged } as unknown as OpenAPI3;
}

function mergedResponses(responses: Readonly<Record<string, object>> = {}): object {
  const all = Object.entries(responses);
  const problem = all.find(([status]) => Number(status) >= 400)?.[1];
  const others = Object.fromEntries<object>(all.filter(([status]) => Number(status) < 400));
  return { ...others, ...(problem && { default: { ...problem, description: 'A problem.' } }) };
}

function mapped<Value>(members: Readonly<Record<string, Value>>, change: (value: Value) => object): object {
  return Object.fromEntries<object>(Object.entries(members).map(([name, value]) => [name, change(value)]));
}
