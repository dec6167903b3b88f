import type { FastifyRequest } from 'fastify';
import type { Position } from '#ledger';
import { at, json, type Answer } from './answer.js';

/** A page of a list: `{items, nextCursor}`, and `Link: rel="next"` while there is more. */
export function pageAnswer(
  { request }: { readonly request: FastifyRequest },
  items: readonly object[],
  nextCursor: string | null,
  position: Position,
): Answer {
  return json(200, { items, nextCursor }, [...at(position), ...nextLink(request, nextCursor)]);
}

/** The header that names the next page; none after the last one. */
export function nextLink(request: FastifyRequest, nextCursor: string | null): readonly string[] {
  return nextCursor === null ? [] : ['Link', `<${nextUrl(request.url, nextCursor)}>; rel="next"`];
}

function nextUrl(url: string, cursor: string): string {
  const at = url.indexOf('?');
  // A query may contain further question marks.
  const [path, query] = at === -1 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
