import type { ApiRequest } from '../access/api-request.js';
import type { LedgerAccess } from '../access/ledger-access.js';
import { Unreachable } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { decide } from './decision.js';

/** A ledger whose answers are lost. */
function lostAnswers(asked: ApiRequest[]): LedgerAccess {
  const request = async (each: ApiRequest): Promise<never> => {
    asked.push(each);
    throw new Unreachable('No answer from http://ledger.example: socket hang up.');
  };
  return { request } as unknown as LedgerAccess;
}

function terminal(said: string[]): Terminal {
  const writer = { write: (text: string) => void said.push(text), flushed: () => Promise.resolve(), isTerminal: false, hasColors: false };
  return { out: writer, err: writer };
}

describe('a decision whose answer is lost', () => {
  const request: ApiRequest = { method: 'POST', path: 'v1/reservations', body: { destination: 'AE' } };
  const run = async (mayRecur: boolean, key?: string): Promise<{ said: string; message: string; used: string }> => {
    const said: string[] = [];
    const asked: ApiRequest[] = [];
    const decision = { request, mayRecur, render: () => '' };
    const error: unknown = await decide(lostAnswers(asked), decision, { ...(key && { key }) }, terminal(said)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Unreachable);
    return { said: said.join(''), message: (error as Error).message, used: asked[0]?.idempotencyKey ?? '' };
  };

  it('may be repeated with the key that was told before it was sent', async () => {
    const { said, message, used } = await run(true);
    expect(said).toBe(`Key: ${used} (with --key the same command is safe to repeat)\n`);
    expect(message).toContain(`Repeat the command with --key ${used}: it is recorded once.`);
    expect((await run(true)).used).not.toBe(used);
  });

  it('has the key that is given, or one that follows from what can be done only once', async () => {
    expect(await run(true, 'my-own-key')).toMatchObject({ said: '', used: 'my-own-key' });
    const first = await run(false);
    expect(first.said).toBe('');
    expect(await run(false)).toEqual(first);
  });
});
