import { Absence } from './absence.js';

describe('the word of a cluster that it lacks an event', () => {
  let now = 0;
  const absence = (): Absence => new Absence(60_000, () => now);
  beforeEach(() => (now = 5_000));
  const after = (ms: number): void => void (now += ms);

  it('is believed of a leader that keeps saying so', () => {
    const said = absence();
    expect(said.isBelieved('a:1')).toBe(false);
    after(59_999);
    expect(said.isBelieved('a:1')).toBe(false);
    after(1);
    expect(said.isBelieved('a:1')).toBe(true);
  });

  it('begins anew with another leader', () => {
    const said = absence();
    said.isBelieved('a:1');
    after(50_000);
    said.isBelieved('b:1');
    after(50_000);
    expect(said.isBelieved('b:1')).toBe(false);
    expect(said.isBelieved('a:1')).toBe(false);
  });

  it('begins anew after anything else', () => {
    const said = absence();
    said.isBelieved('a:1');
    after(59_000);
    said.interrupt();
    after(2_000);
    expect(said.isBelieved('a:1')).toBe(false);
  });

  it('needs no time where none is set', () => {
    expect(new Absence(0, () => now).isBelieved('a:1')).toBe(true);
  });
});
