import type { FastifyReply, FastifyRequest } from 'fastify';
import { json, type Answer } from '../http/answer.js';
import type { Call } from './call.js';
import { Operation } from './operation.js';

const steps: string[] = [];

class Clerk {
  @Operation('GET', ':kind/:id', { summary: 'A read', headers: ['Min-Position?'], answers: { 200: { text: 'It.', schema: 'Health' } } })
  read({ position }: Call, kind: string, id: string): Answer {
    steps.push('handler');
    return json(200, { kind, id, position });
  }
}

describe('an operation', () => {
  it('waits before its handler is called, which gets the parameters of the path, and sends what it returns', async () => {
    const clerk = new Clerk();
    const readGate = { open: (_: unknown, what: string) => (steps.push(`gate ${what}`), Promise.resolve(7)) };
    const written: unknown[] = [];
    const raw = {
      writeHead: (...head: readonly unknown[]) => written.push(head[0]),
      write: () => true,
      end: (body: Buffer | string) => written.push(JSON.parse(String(body))),
    };
    const request = { raw: { url: '/chips/h100' }, headers: {}, params: { id: 'h100', kind: 'chips' } } as unknown as FastifyRequest;
    const routed = clerk.read as unknown as (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
    await routed.call({ readGate }, request, { hijack: () => steps.push('sent'), raw } as unknown as FastifyReply);
    expect(steps).toEqual(['gate views', 'handler', 'sent']);
    expect(written).toEqual([200, { kind: 'chips', id: 'h100', position: 7 }]);
    expect(clerk.read.name).toBe('read');
  });
});
