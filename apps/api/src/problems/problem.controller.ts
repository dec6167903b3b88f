import { Controller } from '@nestjs/common';
import { isProblemCode, problemTable } from '#wire';
import { json, text, type Answer } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import { accepted } from '../http/request-headers.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';

const html = 'text/html; charset=utf-8';

@Controller()
export class ProblemController {
  @Operation('GET', 'problems/:code', {
    tag: 'Operations',
    summary: 'What a problem code means',
    path: { code: "The end of a problem's `type`." },
    answers: {
      200: {
        text: 'Title, status and what to do.',
        schema: 'ProblemKind',
        type: 'text/html',
        also: ['application/json'],
      },
    },
    problems: ['not-found'],
  })
  problem({ request }: Call, code: string): Answer<'ProblemKind'> {
    if (!isProblemCode(code)) throw new Problem('not-found', `There is no problem ${code}.`);
    const { title, status, explanation } = problemTable[code];
    if (accepted(request.headers, 'text/html', 'application/json') === 'application/json') {
      return json(200, { code, status, title, explanation });
    }
    return text(html, page(title, [`<p><code>${code}</code>, HTTP status ${status}</p>`, `<p>${escaped(explanation)}</p>`]));
  }
}

function page(title: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title>`,
    '</head>',
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('`', '');
}
