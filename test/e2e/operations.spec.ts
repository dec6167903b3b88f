import { problemTable } from '#wire';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Json } from './answer.js';

interface OpenApi {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Json };
}

interface OpenApiOperation {
  readonly tags: readonly string[];
  readonly requestBody?: Json;
  readonly parameters: readonly Json[];
  readonly responses: Readonly<Record<string, { readonly headers?: Json }>>;
}

interface DtoSchema {
  readonly required: readonly string[];
  readonly properties: Json;
  readonly additionalProperties: boolean;
}

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

describe('operations', () => {
  it('is alive and ready', async () => {
    expect((await ledger.get('/livez')).body).toEqual({ status: 'alive' });
    expect(await ledger.get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('says its time, and that it is no demo', async () => {
    expect((await ledger.get('/v1/about')).body).toEqual({ now: new Date(ledger.now).toISOString(), demo: null });
  });

  it('says that it is a demo where it is one', async () => {
    const demo = await LedgerUnderTest.start({ demo: { speed: 3600, seed: 7 } });
    try {
      expect((await demo.get('/v1/about')).body).toMatchObject({ demo: { speed: 3600, seed: 7 } });
    } finally {
      await demo.stop();
    }
  });

  it('counts what it does', async () => {
    await ledger.reserve(1);
    await ledger.reserve(60_000);
    const { text } = await ledger.get('/metrics');
    for (const line of [
      /^ledger_append_seconds_count [1-9]/m,
      /^ledger_append_conflicts_total 0$/m,
      /^ledger_reservations_total\{result="201"\} 1$/m,
      /^ledger_reservations_total\{result="409"\} 1$/m,
      /^ledger_country_available_tpp\{country="AE"\} 789984168$/m,
      /^ledger_projection_lag_events\{name="views"\} \d+$/m,
      /^ledger_projection_lag_seconds\{name="views"\}/m,
      /^ledger_sse_clients 0$/m,
      /^ledger_http_request_seconds_count\{method="POST",route="\/v1\/reservations",status="2xx"\} 1$/m,
      /^ledger_disk_free_bytes [1-9]\d*$/m,
      /^ledger_disk_size_bytes [1-9]\d*$/m,
      /^process_resident_memory_bytes/m,
    ])
      expect(text).toMatch(line);
  });

  it('explains every problem code, as a page and as JSON', async () => {
    for (const code of Object.keys(problemTable)) {
      const page = await ledger.get(`/problems/${code}`, { Accept: 'text/html' });
      expect([page.status, page.text.includes(code)]).toEqual([200, true]);
    }
    expect((await ledger.get('/problems/insufficient-quota', { Accept: 'application/json' })).body).toMatchObject({
      code: 'insufficient-quota',
      status: 409,
    });
  });

  it('protects every answer', async () => {
    for (const path of [
      '/',
      '/livez',
      '/v1/countries',
      '/v1/nothing',
      '/metrics',
      '/v1/openapi.json',
      '/problems/busy',
    ]) {
      const { headers } = await ledger.get(path);
      expect([
        headers.get('x-content-type-options'),
        headers.get('referrer-policy'),
        headers.get('content-security-policy')?.startsWith("default-src 'none'"),
      ]).toEqual(['nosniff', 'no-referrer', true]);
    }
  });

  it('shows the documentation with the scripts that it needs', async () => {
    const page = await ledger.get('/docs');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const [, file] of page.text.matchAll(/(?:src|href)="([^"]+)"/g))
      expect([file, (await ledger.get(file ?? '')).status]).toEqual([file, 200]);
  });

  it('says on its first page what it is', async () => {
    const { text, headers } = await ledger.get('/');
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    for (const link of ['/docs', '/v1/countries']) expect(text).toContain(`href="${link}"`);
  });

  it('answers HEAD like GET, without the body', async () => {
    for (const path of ['/v1/countries', '/livez', '/v1/stream', '/v1/chips']) {
      const { status, text } = await ledger.call('HEAD', path);
      expect([path, status, text]).toEqual([path, 200, '']);
    }
  });
});

describe('the OpenAPI document', () => {
  let document: OpenApi;
  beforeAll(async () => {
    document = (await ledger.get('/v1/openapi.json')).body as unknown as OpenApi;
  });

  it('is OpenAPI 3.1 and has a schema for every reference', () => {
    expect(document.openapi).toBe('3.1.0');
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(Object.keys(document.components.schemas)).toContain(name);
  });

  it('has every path of the contract', () => {
    expect(
      Object.entries(document.paths)
        .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`))
        .sort(),
    ).toEqual([
      'GET /',
      'GET /livez',
      'GET /metrics',
      'GET /problems/{code}',
      'GET /readyz',
      'GET /v1/about',
      'GET /v1/alerts',
      'GET /v1/alerts.atom',
      'GET /v1/authorisations',
      'GET /v1/authorisations/{id}',
      'GET /v1/chips',
      'GET /v1/chips/{id}',
      'GET /v1/companies',
      'GET /v1/companies/{id}',
      'GET /v1/countries',
      'GET /v1/countries/{code}',
      'GET /v1/countries/{code}/events',
      'GET /v1/countries/{code}/forecast',
      'GET /v1/countries/{code}/history',
      'GET /v1/events',
      'GET /v1/exports',
      'GET /v1/exports/{id}',
      'GET /v1/lines',
      'GET /v1/lines/{line}',
      'GET /v1/lines/{line}/events',
      'GET /v1/lines/{line}/explanation',
      'GET /v1/lines/{line}/forecast',
      'GET /v1/lines/{line}/history',
      'GET /v1/obligations',
      'GET /v1/obligations/{id}',
      'GET /v1/reports',
      'GET /v1/reports/{name}',
      'GET /v1/reservations',
      'GET /v1/reservations/{id}',
      'GET /v1/rulebooks',
      'GET /v1/rulebooks/{id}/{version}',
      'GET /v1/stream',
      'GET /v1/summary',
      'GET /v1/weight-exports',
      'GET /v1/weight-exports/{id}',
      'PATCH /v1/reservations/{id}',
      'POST /v1/alerts/{id}/acknowledgement',
      'POST /v1/authorisations',
      'POST /v1/authorisations/{id}/amendment',
      'POST /v1/authorisations/{id}/revocation',
      'POST /v1/companies',
      'POST /v1/companies/{id}/amendment',
      'POST /v1/companies/{id}/merger',
      'POST /v1/determinations',
      'POST /v1/exports',
      'POST /v1/exports/{id}/filing',
      'POST /v1/exports/{id}/reversal',
      'POST /v1/lines/{line}/attrition',
      'POST /v1/obligations/fulfilments',
      'POST /v1/obligations/{id}/fulfilment',
      'POST /v1/reservations',
      'POST /v1/reservations/bulk',
      'POST /v1/reservations/{id}/exports',
      'POST /v1/reservations/{id}/release',
      'POST /v1/rulebooks/adoption',
      'POST /v1/rulebooks/simulations',
      'POST /v1/weight-exports',
    ]);
  });

  it('has each operation under one tag, and the tags in the order of use', () => {
    const used = Object.values(document.paths).flatMap((operations) => Object.values(operations).map(({ tags }) => tags));
    expect(used.filter((ofOperation) => ofOperation.length !== 1)).toEqual([]);
    const inOrder = used.flat().filter((tag, index, all) => all.indexOf(tag) === index);
    expect(document.tags.map(({ name }) => name)).toEqual(inOrder);
    expect(inOrder[0]).toBe('Reservations');
    expect(document.tags.filter(({ description }) => description === '')).toEqual([]);
    expect(Object.keys(document.paths)[0]).toBe('/v1/determinations');
  });

  it('has a schema of its own for a line of a bulk request and of its answer', () => {
    const bulk = document.paths['/v1/reservations/bulk']?.['post'];
    const ndjson = (part: unknown): unknown => (part as { content: Json }).content['application/x-ndjson'];
    expect(ndjson(bulk?.requestBody)).toMatchObject({ schema: { $ref: '#/components/schemas/BulkReservationDto' } });
    expect(ndjson(bulk?.responses['200'])).toEqual({ schema: { $ref: '#/components/schemas/BulkAnswer' } });
    expect((document.components.schemas['BulkReservationDto'] as DtoSchema).required).toContain('idempotencyKey');
    expect(ndjson(document.paths['/v1/events']?.['get']?.responses['200'])).toEqual({ schema: { $ref: '#/components/schemas/Event' } });
  });

  it('describes a reservation as strictly as it is read', () => {
    const { required, properties, additionalProperties } = document.components.schemas['ReservationDto'] as DtoSchema;
    expect({ required, additionalProperties }).toEqual({
      required: ['destination', 'items'],
      additionalProperties: false,
    });
    expect(properties['items']).toMatchObject({
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: { required: ['quantity'], additionalProperties: false },
    });
  });

  it('names the headers of requests and answers', () => {
    const post = document.paths['/v1/reservations']?.['post'];
    expect(post?.parameters).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true })]),
    );
    expect(Object.keys(post?.responses['201']?.headers ?? {})).toEqual(
      expect.arrayContaining(['Location', 'ETag', 'Ledger-Position']),
    );
  });

  it('documents paths that answer', async () => {
    for (const path of Object.keys(document.paths)) {
      if (path === '/v1/stream') continue;
      const url = path
        .replaceAll(/\{code\}/g, 'AE')
        .replaceAll(/\{line\}/g, 'country:AE')
        .replaceAll(/\{\w+\}/g, 'x');
      const method = Object.keys(document.paths[path] ?? {})[0]?.toUpperCase() ?? 'GET';
      expect([path, (await ledger.call(method, url)).status]).not.toEqual([path, 405]);
    }
  });
});
