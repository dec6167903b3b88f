import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Position } from '#ledger';
import { problemBody, problemTable, type AnswerName, type Body } from '#wire';
import type { ReadingTurns } from './reading-turns.js';
import { endPaced, writePaced } from './paced.js';

export const jsonType = 'application/json; charset=utf-8';
export const problemType = 'application/problem+json; charset=utf-8';
export const ndjsonType = 'application/x-ndjson; charset=utf-8';

/** On every response: nothing here is a page that may load anything. Pages bring their own policy. */
export const securityHeaders: readonly string[] = [
  'X-Content-Type-Options',
  'nosniff',
  'Content-Security-Policy',
  "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy',
  'no-referrer',
];

/** What a handler answers: a body that is already text, or its bytes. `Name` is that of its schema, for the compiler alone. */
export interface Answer<out Name extends AnswerName = never> {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly schema?: Name;
}

export function text(contentType: string, body: string | Buffer, headers: readonly string[] = []): Answer {
  return { status: 200, contentType, body, headers };
}

/** An answer that has the schema of what its handler is declared to answer. */
export function json<Name extends AnswerName>(status: number, body: Body<Name>, headers: readonly string[] = []): Answer<Name> {
  return { status, contentType: jsonType, body: JSON.stringify(body), headers };
}

export function problemAnswer(problem: Body<'Problem'>, headers: readonly string[] = []): Answer {
  return { status: problem.status, contentType: problemType, body: JSON.stringify(problem), headers };
}

/** The header with the position of a decision, or that a read reflects. */
export function at(position: Position): readonly string[] {
  return ['Ledger-Position', String(position)];
}

/** Goes past Fastify's reply: measured, its header map, hooks and content-type inspection cost a fifth of a reservation. */
export function send(reply: FastifyReply, { status, contentType, body, headers }: Omit<Answer, 'schema'>): void {
  reply.hijack();
  write(reply.raw, status, contentType, body, headers);
}

/** Answers with a body that comes in pieces, each written when its turn comes and when what was written before has gone out. */
export async function answerInPieces(
  reply: FastifyReply,
  contentType: string,
  pieces: Iterable<string>,
  turns: ReadingTurns,
  headers: readonly string[] = [],
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, ['Content-Type', contentType, ...securityHeaders, ...headers]);
  for (const piece of pieces) {
    if (raw.destroyed) return;
    await writePaced(raw, Buffer.from(piece));
    await turns.next();
  }
  raw.end();
}

/** For requests that never reached a route. */
export function answerRaw(response: ServerResponse, problem: Body<'Problem'>, headers: readonly string[] = []): void {
  write(response, problem.status, problemType, JSON.stringify(problem), ['Connection', 'close', ...headers]);
}

/** An answer for a socket on which no request could be read. */
export function problemOnSocket(code: keyof typeof problemTable, detail: string): string {
  const problem = problemBody(code, detail);
  const body = JSON.stringify(problem);
  const headers = [
    'Content-Type',
    problemType,
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Connection',
    'close',
    ...securityHeaders,
  ];
  let head = `HTTP/1.1 ${problem.status} ${problem.title}\r\n`;
  for (let at = 0; at < headers.length; at += 2) head += `${headers[at]}: ${headers[at + 1]}\r\n`;
  return `${head}\r\n${body}`;
}

function write(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: readonly string[],
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, [
    'Content-Type',
    contentType,
    'Content-Length',
    String(Buffer.byteLength(body)),
    ...securityHeaders,
    ...headers,
  ]);
  endPaced(response, body);
}
