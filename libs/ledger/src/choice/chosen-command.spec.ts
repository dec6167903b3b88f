import { ChosenCommand, type Claim } from '../shared-log/chosen-command.js';

const identity = { commandId: 'c', idempotencyKey: 'k', requestHash: 'h' };

function claim(revision: number, line: string, lineRevision: number): Claim {
  return { end: { revision, digest: `${revision}` }, recordedAt: 0, line, lineRevision };
}

describe('the next attempt to decide a command', () => {
  it('is free where nobody made one', () => {
    expect(new ChosenCommand(identity).mayTry('country:AE', -1)).toBe(true);
  });

  it('is on the line of the one before, no earlier, until nothing can come of that', () => {
    const chosen = new ChosenCommand(identity);
    const first = claim(0, 'lpp:falcon:2026', 7);
    chosen.learn(first);
    expect(chosen.mayTry('country:AE', 9)).toBe(false);
    expect(chosen.mayTry('lpp:falcon:2026', 6)).toBe(false);
    expect(chosen.mayTry('lpp:falcon:2026', 7)).toBe(true);
    expect(chosen.mayTry('lpp:falcon:2026', 8)).toBe(true);
    chosen.isDead(first);
    expect(chosen.mayTry('country:AE', 9)).toBe(true);
    expect(chosen.newest).toBe(first);
  });

  it('is bound again by the next one of another instance', () => {
    const chosen = new ChosenCommand(identity);
    const first = claim(0, 'lpp:falcon:2026', 7);
    chosen.learn(first);
    chosen.learn(claim(1, 'country:AE', 3));
    chosen.isDead(first);
    expect(chosen.open).toMatchObject({ line: 'country:AE' });
    expect(chosen.mayTry('lpp:falcon:2026', 8)).toBe(false);
  });
});
