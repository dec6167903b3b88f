import { Controller } from '@nestjs/common';
import { Ledger } from '#ledger';
import { ndjsonType, securityHeaders } from '../http/answer.js';
import { bulkBytesMax, ndjson } from '../http/body-limits.js';
import { Problem } from '../http/problem.js';
import { accepted } from '../http/request-headers.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { BulkLines } from './bulk-lines.js';
import { decideBulk } from './bulk.js';
import { OutcomeAnswers } from './outcome.js';
import { BulkReservationDto } from './reservation.dto.js';
import { reservationExample } from './reservation.example.js';

@Controller('v1/reservations/bulk')
export class BulkController {
  constructor(
    private readonly ledger: Ledger,
    private readonly answers: OutcomeAnswers,
  ) {}

  @Operation('POST', '', {
    tag: 'Reservations',
    summary: 'Reserve in bulk',
    description:
      'Up to 10,000 reservations, one JSON object a line, each with its `idempotencyKey`. ' +
      'They are decided in order; the answer has a line for each, ' +
      'in order: `{"status":201,"body":{...}}`. A header Idempotency-Key is ignored.',
    body: { dto: BulkReservationDto, type: ndjson, bytesMax: bulkBytesMax, unchecked: true, example: { idempotencyKey: 'po-4711-line-1', ...reservationExample } },
    answers: { 200: { text: 'One line for each request, in order.', line: 'BulkAnswer', type: ndjson } },
    problems: ['idempotency-key-invalid', 'busy'],
  })
  async create({ body, caller, request, reply }: Call<unknown>): Promise<undefined> {
    accepted(request.headers, ndjson, 'application/json');
    if (!Buffer.isBuffer(body)) throw new Problem('unsupported-media-type', `Send Content-Type: ${ndjson}, one JSON object a line.`);
    const lines = new BulkLines(body);
    reply.hijack();
    reply.raw.writeHead(200, ['Content-Type', ndjsonType, ...securityHeaders]);
    await decideBulk(lines, caller, this.ledger, this.answers, reply.raw);
  }
}
