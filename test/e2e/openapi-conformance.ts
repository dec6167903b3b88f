import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Answer, Json } from './answer.js';

/** Holds answers against the OpenAPI document: the status is documented, and the body has its schema. */
export class Conformance {
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #paths: readonly { readonly pattern: RegExp; readonly path: string; readonly operations: Json }[];

  constructor(document: Json) {
    this.#ajv.addSchema(document, 'openapi');
    this.#paths = Object.entries(document['paths'] as Json)
      .map(([path, operations]) => ({
        path,
        operations: operations as Json,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
      }))
      // Paths without parameters first, as a router prefers them.
      .sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
  }

  check(method: string, url: string, { status, headers, body, text }: Answer): void {
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (status >= 400 && method !== 'HEAD') expect({ url, type }).toEqual({ url, type: 'application/problem+json' });
    const found = this.#paths.find(({ pattern }) => pattern.test(url.split('?')[0] ?? ''));
    const operation = found?.operations[method.toLowerCase()] as Json | undefined;
    if (found === undefined || operation === undefined) {
      if (url.startsWith('/docs') || url === '/v1/openapi.json' || method === 'HEAD') return;
      expect({ url, method, status, documented: [404, 405, 400, 414].includes(status) }).toMatchObject({
        documented: true,
      });
      return;
    }
    const documented = (operation['responses'] as Json)[String(status)] as Json | undefined;
    if (documented === undefined)
      throw new Error(`${method} ${found.path} answers ${status}, which is not documented: ${text.slice(0, 300)}`);
    const content = documented['content'] as Json | undefined;
    expect({ url, type, documented: Object.keys(content ?? {}) }).toMatchObject({
      documented: expect.arrayContaining([type]),
    });
    const values = valuesOf(type, text, body);
    if (values.length === 0) return;
    const schema = (content?.[type] as Json)['schema'] as Json;
    const reference = `openapi${String(schema['$ref'])}`;
    const validate = this.#validators.get(reference) ?? this.#ajv.compile({ $ref: reference });
    this.#validators.set(reference, validate);
    for (const value of values) {
      if (!validate(value))
        throw new Error(
          `${method} ${url} does not answer as documented: ` +
            `${this.#ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 500)}`,
        );
    }
  }
}

/** Lines of an NDJSON answer that are looked at. */
const linesMax = 500;

/** What the schema of this media type is of: the body, each line of NDJSON, or nothing. */
function valuesOf(type: string, text: string, body: unknown): readonly unknown[] {
  if (/^application\/(problem\+)?json$/.test(type)) return [body];
  if (type !== 'application/x-ndjson') return [];
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.slice(0, linesMax).map((line): unknown => JSON.parse(line));
}
