import type { Ledger } from '#ledger';
import type { Views } from '#projections';
import type { FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';
import { ReadGate } from './read-gate.js';

/** What a read is told whose views are at 5, in a log that ends at `head` as far as the store says. */
async function refusalOf(headers: Readonly<Record<string, string>>, head: () => Promise<number>): Promise<Problem | undefined> {
  const views = { position: 5, waitFor: () => Promise.resolve(false) } as unknown as Views;
  const gate = new ReadGate({ position: 5 } as Ledger, views, { head }, () => Promise.resolve(true));
  return gate.open({ headers } as unknown as FastifyRequest, 'views').then(
    () => undefined,
    (problem: unknown) => problem as Problem,
  );
}

const at = (head: number) => (): Promise<number> => Promise.resolve(head);

describe('a read with Min-Position', () => {
  it('goes on where the views have it, and asks nobody', async () => {
    const never = (): Promise<number> => Promise.reject(new Error('asked'));
    expect(await refusalOf({ 'min-position': '5' }, never)).toBeUndefined();
    expect(await refusalOf({}, never)).toBeUndefined();
  });

  it('is told at once that the log ends before it', async () => {
    expect(await refusalOf({ 'min-position': '8' }, at(7))).toMatchObject({
      status: 400,
      code: 'position-unknown',
      members: { position: '7', errors: [{ in: 'header', pointer: '/Min-Position' }] },
    });
  });

  it('waits for what other instances have, and for what nobody can tell', async () => {
    expect(await refusalOf({ 'min-position': '7' }, at(7))).toMatchObject({ status: 503, code: 'projection-behind' });
    const unavailable = (): Promise<number> => Promise.reject(new Error('no cluster'));
    expect(await refusalOf({ 'min-position': '8' }, unavailable)).toMatchObject({ status: 503, code: 'projection-behind' });
  });
});
