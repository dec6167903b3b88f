import type { FastifyReply, FastifyRequest } from 'fastify';
import { at, json, type Answer } from '../http/answer.js';
import type { Call } from './call.js';
import { Operation } from './operation.js';

const steps: string[] = [];

class Clerk {
  @Operation('GET', ':kind/:id', { summary: 'A read', headers: ['Min-Position?'], answers: { 200: { text: 'It.', schema: 'Health' } } })
  read({ position }: Call, kind: string, id: string): Answer<'Health'> {
    steps.push('handler');
    return json(200, { status: 'alive' }, ['Location', `/${kind}/${id}`, ...at(position)]);
  }
}

describe('an operation', () => {
  it('waits before its handler is called, which gets the parameters of the path, and sends what it returns', async () => {
    const clerk = new Clerk();
    const readGate = { open: (_: unknown, what: string) => (steps.push(`gate ${what}`), Promise.resolve(7)) };
    const written: unknown[] = [];
    const raw = {
      writeHead: (status: number, headers: readonly string[]) => written.push(status, headers.slice(-4)),
      write: () => true,
      end: (body: Buffer | string) => written.push(JSON.parse(String(body))),
    };
    const request = { raw: { url: '/chips/h100' }, headers: {}, params: { id: 'h100', kind: 'chips' } } as unknown as FastifyRequest;
    const routed = clerk.read as unknown as (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
    await routed.call({ readGate }, request, { hijack: () => steps.push('sent'), raw } as unknown as FastifyReply);
    expect(steps).toEqual(['gate views', 'handler', 'sent']);
    expect(written).toEqual([200, ['Location', '/chips/h100', 'Ledger-Position', '7'], { status: 'alive' }]);
    expect(clerk.read.name).toBe('read');
  });
});
