import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';
import type { RequestHeaders } from './request-header.js';

/** How long the body is by its own account; undefined if it does not say. */
export function declaredBytes({ headers }: Pick<IncomingMessage, 'headers'>): number | undefined {
  const bytes = Number(headers['content-length']);
  return Number.isNaN(bytes) ? undefined : bytes;
}

/** Whether the request names a host, as every one of HTTP/1.1 must. */
export function hasHost(headers: RequestHeaders): boolean {
  return headers.host !== undefined;
}

const printable = /^[\x20-\x7e]{8,200}$/;

/** @throws Problem (400) if the header is missing or no key. */
export function idempotencyKeyOf(headers: RequestHeaders): string {
  const key = optionalIdempotencyKeyOf(headers);
  if (key !== null) return key;
  throw new Problem(
    'idempotency-key-missing',
    'The header Idempotency-Key is missing: send 8 to 200 printable ASCII characters, new for each decision.',
    {
      errors: [{ in: 'header', pointer: '/Idempotency-Key', message: 'Idempotency-Key is missing' }],
    },
  );
}

/** Null where the header is missing. @throws Problem (400) if it is no key. */
export function optionalIdempotencyKeyOf(headers: RequestHeaders): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && printable.test(key)) return key;
  throw new Problem('idempotency-key-invalid', 'The Idempotency-Key must have 8 to 200 printable ASCII characters.', {
    errors: [
      {
        in: 'header',
        pointer: '/Idempotency-Key',
        message: 'Idempotency-Key must have 8 to 200 printable ASCII characters',
      },
    ],
  });
}

/** An entity tag (RFC 9110, section 8.8.3), weak or strong, without a comma. */
const entityTag = /^(?:W\/)?"[\x21\x23-\x2b\x2d-\x7e]*"$/;
/** Of this API. Proxies that compress make it weak or append the coding: `W/"17"`, `"17-gzip"`. */
const ownTag = /^(?:W\/)?"(0|[1-9]\d{0,14})(?:-[a-z]+)?"$/;

/**
 * The revisions that `If-Match` names, undefined where it is missing or `*`. A tag is a revision, which is the same in
 * every coding: weak tags count as strong ones. Tags of a list that are not of this API match nothing.
 * @throws Problem (400) for what is no list of entity tags, and for a list without a tag of this API
 */
export function ifMatchOf(headers: RequestHeaders): readonly number[] | undefined {
  const text = headers['if-match'];
  if (text === undefined || text === '*') return undefined;
  const tags = String(text).split(',').map((tag) => tag.trim()).filter((tag) => tag !== '');
  const revisions = tags.flatMap((tag) => ownTag.exec(tag)?.[1] ?? []);
  if (revisions.length > 0 && tags.every((tag) => entityTag.test(tag))) return revisions.map(Number);
  throw headerProblem('If-Match', 'must be the ETag of the reservation, as "17", a list of such tags, or *');
}

/** @throws Problem (428) where `If-Match` is missing. */
export function requireIfMatch(headers: RequestHeaders): void {
  if (headers['if-match'] !== undefined) return;
  throw new Problem('precondition-required', 'The header If-Match is missing: send the ETag of the reservation.', {
    errors: [{ in: 'header', pointer: '/If-Match', message: 'If-Match is missing' }],
  });
}

/** The position that `Min-Position` names; 0 where it is missing. @throws Problem (400) if it is none. */
export function minPositionOf(headers: RequestHeaders): number {
  const text = headers['min-position'];
  if (text === undefined) return 0;
  const position = positionOf(text);
  if (position !== undefined) return position;
  throw headerProblem('Min-Position', 'must be a position, a whole number as in Ledger-Position');
}

/** The id that `Last-Event-ID` names; undefined where it is missing or empty. @throws Problem (400) if it is none. */
export function lastEventIdOf(headers: RequestHeaders): number | undefined {
  const text = headers['last-event-id'];
  if (text === undefined || text === '') return undefined;
  const position = positionOf(text);
  if (position !== undefined) return position;
  throw headerProblem('Last-Event-ID', 'must be a position, as the id of an event of this stream');
}

/** Whether the caller has this already, as `If-None-Match` says; weak tags count as strong ones. */
export function isKnownTo(headers: RequestHeaders, etag: string): boolean {
  const tags = String(headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag);
}

/** The first of `offered` content codings that the caller takes; `identity` if it takes none of them. */
export function codingFor<const Coding extends string>(headers: RequestHeaders, offered: readonly Coding[]): Coding | 'identity' {
  const ranges = String(headers['accept-encoding'] ?? '').split(',').map(readRange);
  return offered.find((coding) => (ranges.find(({ range }) => range === coding)?.quality ?? 0) > 0) ?? 'identity';
}

/**
 * The first of `offered` that the caller accepts.
 * @throws Problem (406) if it accepts none.
 */
export function accepted(headers: RequestHeaders, ...offered: readonly [string, ...string[]]): string {
  const accept = headers.accept;
  if (accept === undefined || accept === '*/*' || accept === '') return offered[0];
  const ranges = String(accept).split(',').map(readRange);
  let best: { readonly type: string; readonly quality: number } = { type: '', quality: 0 };
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > best.quality) best = { type, quality };
  }
  if (best.quality > 0) return best.type;
  throw new Problem('not-acceptable', `This is available as ${offered.join(' or ')} only.`, {
    errors: [{ in: 'header', pointer: '/Accept', message: `Accept must allow ${offered.join(' or ')}` }],
  });
}

/** @throws Problem (406) unless the caller accepts JSON. Without work for what most callers send. */
export function acceptsJson(headers: RequestHeaders): void {
  const accept = headers.accept;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return;
  accepted(headers, 'application/json', 'application/problem+json');
}

function positionOf(text: unknown): number | undefined {
  const position = typeof text === 'string' && /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(position) ? position : undefined;
}

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

function readRange(text: string): MediaRange {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = q === undefined ? 1 : Number(q.slice(2));
  return { range, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The most specific range decides. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const group = `${type.slice(0, type.indexOf('/'))}/*`;
  for (const wanted of [type, group, '*/*']) {
    const found = ranges.find(({ range }) => range === wanted);
    if (found !== undefined) return found.quality;
  }
  return 0;
}

function headerProblem(name: string, message: string): Problem {
  return new Problem('invalid-request', `The header ${name} ${message}.`, {
    errors: [{ in: 'header', pointer: `/${name}`, message: `${name} ${message}` }],
  });
}
