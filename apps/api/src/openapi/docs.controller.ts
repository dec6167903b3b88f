import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { endPaced } from '../http/paced.js';
import { Problem } from '../http/problem.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';

/** Swagger UI sets styles from script; nothing else is relaxed. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Quota Ledger API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const script = `SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};

/** The documentation as a page. */
@Controller('docs')
export class DocsController {
  @Operation('GET', '', { summary: 'The documentation', answers: { 200: { text: 'A page.', type: 'text/html' } } })
  index({ reply }: Call): undefined {
    send(reply, 'text/html; charset=utf-8', page);
  }

  @Operation('GET', ':file', { summary: 'A file of the documentation', answers: { 200: { text: 'The file.', type: '*/*' } } })
  async file({ reply }: Call, file: string): Promise<undefined> {
    if (file === 'start.js') {
      send(reply, 'text/javascript; charset=utf-8', script);
      return;
    }
    const type = Object.hasOwn(files, file) ? files[file] : undefined;
    if (type === undefined) throw new Problem('not-found', `There is nothing at /docs/${file}.`);
    send(reply, type, await contentOf(file));
  }
}

/** Read once: however many readers wait for a file, it is in memory once. */
const contents = new Map<string, Promise<Buffer>>();

function contentOf(file: string): Promise<Buffer> {
  const content = contents.get(file) ?? readFile(join(swaggerUi(), file));
  contents.set(file, content);
  return content;
}

/** Where the distribution of Swagger UI lies: it comes with @nestjs/swagger. */
function swaggerUi(): string {
  const here = createRequire(import.meta.url);
  const ofSwagger = createRequire(here.resolve('@nestjs/swagger'));
  return dirname(ofSwagger.resolve('swagger-ui-dist/package.json'));
}

function send(reply: FastifyReply, type: string, body: string | Buffer): void {
  reply.hijack();
  reply.raw.writeHead(200, [
    'Content-Type',
    type,
    'Content-Length',
    String(Buffer.byteLength(body)),
    'X-Content-Type-Options',
    'nosniff',
    'Content-Security-Policy',
    policy,
    'Referrer-Policy',
    'no-referrer',
  ]);
  endPaced(reply.raw, body);
}
