import 'reflect-metadata';
import type { RequestListener, Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions, FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import type { OpenLedger } from './composition.js';
import type { Config } from './config.js';
import { CountryBook } from './countries/country-book.js';
import { AllowedMethods } from './http/allowed-methods.js';
import { answerProblem } from './http/answer.js';
import { readJsonBody, refuseCodings } from './http/json-body.js';
import { Problem } from './http/problem.js';
import { ProblemFilter, problemOfFastify } from './http/problem-filter.js';
import { ReadGate } from './http/read-gate.js';
import { DocsController } from './openapi/docs.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { openApiDocument } from './openapi/openapi-document.js';
import { OpenApiText } from './openapi/openapi-text.js';
import { DecisionCounts } from './operations/decision-counts.js';
import { registerLedgerMetrics } from './operations/ledger-metrics.js';
import { Readiness } from './operations/readiness.js';
import { RequestTimes } from './operations/request-times.js';
import { ChangeFeed } from './stream/change-feed.js';
import { StreamClients } from './stream/stream-clients.js';

const bodyBytesMax = 65_536;
const bulkBytesMax = 8 * 1024 * 1024;
const bulkPath = '/v1/reservations/bulk';

export interface App {
  /** Takes the requests of the server. */
  readonly listener: RequestListener;
  /** Ends the streams, which would never end by themselves. */
  endStreams(): void;
  close(): Promise<void>;
}

/** The HTTP application over an open ledger. `server` is one that listens already; its requests go to `listener`. */
export async function createApp(opened: OpenLedger, config: Config, log: Logger, server: Server): Promise<App> {
  const { ledger, views, store, registry, alertsSettled } = opened;
  const { clock } = config;
  const allowed = new AllowedMethods();
  const times = new RequestTimes();
  const book = new CountryBook(ledger, views, store, clock);
  const feed = new ChangeFeed(views, store, book);
  const clients = new StreamClients(config.streamClientsMax);
  const decisions = new DecisionCounts();
  const openApi = new OpenApiText();
  registerLedgerMetrics(registry, { ledger, views, store, book, clients, decisions, clock });
  collectDefaultMetrics({ register: registry });

  let listener: RequestListener | undefined;
  const options: FastifyHttpOptions<Server> = {
    logger: false,
    bodyLimit: bodyBytesMax,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, _request, reply) => answerProblem(reply, (problemOfFastify(error) ?? new Problem('malformed-url', error.message)).body),
    // The front door answers what is no HTTP.
    clientErrorHandler: () => undefined,
    serverFactory: (handler) => {
      listener = handler;
      return server;
    },
  };
  // Nothing here is Nest middleware, and running an empty chain for each request costs.
  const adapter = new FastifyAdapter({ ...options, skipMiddie: true });
  const fastify: FastifyInstance = adapter.getInstance();
  fastify.addHook('onRoute', ({ method, url }) => allowed.add(method, url));
  fastify.addHook('onResponse', (request, reply, done) => {
    times.observe(request.method, request.is404 ? 'none' : (request.routeOptions.url ?? 'none'), reply.raw.statusCode, reply.elapsedTime / 1000);
    done();
  });
  readBodies(fastify);

  const gate = new ReadGate(ledger, views, alertsSettled);
  const readiness = new Readiness(store, views, config.readyLagMax);
  const parts = { ledger, views, store, clock, registry, gate, book, feed, clients, readiness, decisions, times, openApi };
  const nest = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, { logger: false, bodyParser: false, abortOnError: false });
  nest.useGlobalFilters(new ProblemFilter(allowed, log));
  await nest.init();
  await fastify.ready();
  openApi.from(() => openApiDocument(nest, [DocsController, OpenApiController]));
  if (listener === undefined) throw new Error('Fastify did not ask for its server.');
  return {
    listener,
    endStreams: () => {
      feed.close();
      clients.closeAll();
    },
    close: () => nest.close(),
  };
}

/** JSON everywhere, NDJSON on the bulk route; nothing else is read. */
function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer, done) => {
    try {
      done(null, readJsonBody(request, body));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser('application/x-ndjson', { parseAs: 'buffer', bodyLimit: bulkBytesMax }, (request: FastifyRequest, body: Buffer, done) => {
    try {
      refuseCodings(request.headers['content-type'], request.headers['content-encoding']);
      if (request.routeOptions.url !== bulkPath) throw new Problem('unsupported-media-type', 'Send Content-Type: application/json; application/x-ndjson is for /v1/reservations/bulk.');
      done(null, body);
    } catch (error) {
      done(error as Error);
    }
  });
}
