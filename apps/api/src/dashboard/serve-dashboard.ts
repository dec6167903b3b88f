import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemAnswer, send } from '../http/answer.js';
import { endPaced } from '../http/paced.js';
import { Problem } from '../http/problem.js';
import { codingFor, isKnownTo } from '../http/request-headers.js';
import type { DashboardFile, DashboardFiles } from './dashboard-files.js';

/** Nothing from elsewhere, no inline script or style, no markup from strings. */
const policy = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "font-src 'self'"],
  ...["base-uri 'none'", "object-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"],
].join('; ');

const yearSeconds = 31_536_000;

/** The page at every address below `/app`, and what it loads. It names its assets by content, so they never change. */
export function serveDashboard(fastify: FastifyInstance, { page, assets }: DashboardFiles): void {
  for (const path of ['/app', '/app/*']) fastify.get(path, (request, reply) => sendFile(request, reply, page, 'no-cache'));
  fastify.get<{ readonly Params: { readonly name: string } }>('/assets/:name', (request, reply) => {
    const { name } = request.params;
    const file = assets.get(name);
    if (file) return sendFile(request, reply, file, `public, max-age=${yearSeconds}, immutable`);
    const detail = `There is no asset ${name}: the dashboard was built anew. Load the page again.`;
    return send(reply, problemAnswer(new Problem('not-found', detail).body));
  });
}

/** Answers with a file of the dashboard, in the smallest form that the caller takes. */
export function sendFile({ headers, method }: FastifyRequest, reply: FastifyReply, file: DashboardFile, caching: 'no-cache' | `public, ${string}`): void {
  const coding = codingFor(headers, ['br', 'gzip']);
  const isKnown = isKnownTo(headers, file.etag);
  const body = file.codings[coding];
  reply.hijack();
  reply.raw.writeHead(isKnown ? 304 : 200, [
    ...['Cache-Control', caching, 'ETag', file.etag, 'Vary', 'Accept-Encoding', 'Content-Security-Policy', policy],
    ...['X-Content-Type-Options', 'nosniff', 'Referrer-Policy', 'no-referrer'],
    ...['Cross-Origin-Opener-Policy', 'same-origin', 'Cross-Origin-Resource-Policy', 'same-origin'],
    ...(isKnown ? [] : ['Content-Type', file.type, 'Content-Length', String(body.length)]),
    ...(isKnown || coding === 'identity' ? [] : ['Content-Encoding', coding]),
  ]);
  if (isKnown || method === 'HEAD') reply.raw.end();
  else endPaced(reply.raw, body);
}
