import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerJson } from './answer.js';

/** Answers a page of a list: `{items, nextCursor}`, and `Link: rel="next"` while there is more. */
export function answerPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: { readonly items: readonly object[]; readonly nextCursor: string | null },
  headers: readonly string[],
): void {
  const { items, nextCursor } = page;
  answerJson(reply, 200, { items, nextCursor }, [...headers, ...nextLink(request, nextCursor)]);
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
