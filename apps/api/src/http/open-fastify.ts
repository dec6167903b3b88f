import type { RequestListener, Server } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions, FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestTimes } from '../operations/request-times.js';
import type { AllowedMethods } from './allowed-methods.js';
import { problemAnswer, send } from './answer.js';
import { bodyBytesMax, bulkBytesMax, ndjson, type BodyLimits } from './body-limits.js';
import { readJsonBody, refuseCodings } from './json-body.js';
import { LargeBodies } from './large-bodies.js';
import { Problem } from './problem.js';
import { problemOfFastify } from './problem-filter.js';
import { refuseRepeated } from './request-header.js';

export interface OpenFastify {
  readonly adapter: FastifyAdapter;
  readonly fastify: FastifyInstance;
  /** Takes the requests of `server`. */
  readonly listener: RequestListener;
}

/** Fastify for a server that listens already. It notes the routes it gets and how long requests take. */
export function openFastify(server: Server, allowed: AllowedMethods, times: RequestTimes): OpenFastify {
  let listener: RequestListener | undefined;
  const options: FastifyHttpOptions<Server> = {
    logger: false,
    bodyLimit: bodyBytesMax,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, _request, reply) =>
      send(reply, problemAnswer((problemOfFastify(error) ?? new Problem('malformed-url', error.message)).body)),
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
  fastify.addHook('onRoute', (route) => {
    allowed.add(route.method, route.url);
    const { bytesMax, isNdjson } = limitsOf(route);
    // JSON that is sent to where NDJSON is read is refused as soon as other JSON.
    if (bytesMax !== undefined && !isNdjson) route.bodyLimit = bytesMax;
  });
  const largeBodies = new LargeBodies();
  fastify.addHook('onRequest', (request, reply, done) => {
    try {
      refuseRepeated(request.raw);
      const { bytesMax } = limitsOf(request.routeOptions);
      if (bytesMax !== undefined) largeBodies.take(request.raw, reply.raw, bytesMax);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    times.observe(request.method, route, reply.raw.statusCode, reply.elapsedTime / 1000);
    done();
  });
  readBodies(fastify);
  if (listener === undefined) throw new Error('Fastify did not ask for its server.');
  return { adapter, fastify, listener };
}

/** As the operation declares; a path of no operation declares nothing. */
function limitsOf({ config }: { readonly config?: object }): Partial<BodyLimits> {
  return config ?? {};
}

/** JSON everywhere, NDJSON where the operation declares it; nothing else is read. */
function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  // With a callback and not a promise: this runs for each reservation.
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done) => {
      let value: unknown;
      try {
        value = readJsonBody(request, body);
      } catch (error) {
        done(error as Error);
        return;
      }
      done(null, value);
    },
  );
  fastify.addContentTypeParser(ndjson, { parseAs: 'buffer', bodyLimit: bulkBytesMax }, readNdjson);
}

async function readNdjson(request: FastifyRequest, body: Buffer): Promise<Buffer> {
  refuseCodings(request.headers);
  if (limitsOf(request.routeOptions).isNdjson === true) return body;
  const detail = `Send Content-Type: application/json; ${ndjson} is for /v1/reservations/bulk.`;
  throw new Problem('unsupported-media-type', detail);
}
