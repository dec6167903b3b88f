import type { FastifyRequest } from 'fastify';
import type { Position } from '#ledger';
import type { AnswerName, Body } from '#wire';
import { at, json, type Answer } from './answer.js';

/** Answers that are pages. */
type PageName = Extract<AnswerName, `${string}Page`>;

/** A page of a list: `{items, nextCursor}`, and `Link: rel="next"` while there is more. */
export function pageAnswer<Name extends PageName>(
  { request }: { readonly request: FastifyRequest },
  items: Body<Name> extends { readonly items: infer Items } ? Items : never,
  nextCursor: string | null,
  position: Position,
): Answer<Name> {
  return json<Name>(200, { items, nextCursor } as Body<Name>, [...at(position), ...nextLink(request, nextCursor)]);
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
