import { Agenda, type Sequel } from './agenda.js';

describe('Agenda', () => {
  let agenda: Agenda;
  let happened: string[];
  beforeEach(() => {
    agenda = new Agenda();
    happened = [];
  });
  const enter = (atMs: number, name: string, lane: string | null = 'one'): void => agenda.at(atMs, lane ?? undefined, () => Promise.resolve(void happened.push(name)));

  it('lets things happen in the order of time, and what is at one time in the order in which it was entered', async () => {
    enter(20, 'c');
    enter(10, 'a');
    enter(20, 'd');
    enter(30, 'e');
    enter(10, 'b');
    expect(agenda.nextMs).toBe(10);
    for (let count = 0; count < 3; count += 1) await agenda.next();
    enter(20, 'last of its time');
    while (agenda.nextMs < Infinity) await agenda.next();
    expect(happened).toEqual(['a', 'b', 'c', 'd', 'last of its time', 'e']);
    await agenda.next();
  });

  it('lets happen together what does not touch each other, up to a time', async () => {
    const times: number[] = [];
    const next = async (untilMs: number): Promise<string> => {
      happened = [];
      await agenda.next(untilMs, (atMs) => times.push(atMs));
      return happened.join();
    };
    enter(1, 'a', 'one');
    enter(2, 'b', 'two');
    enter(3, 'c', 'two');
    enter(4, 'touches all', null);
    enter(5, 'd', 'one');
    enter(9, 'e', 'two');
    expect(await next(7)).toBe('a,b');
    expect(await next(7)).toBe('c');
    expect(await next(7)).toBe('touches all');
    expect(await next(7)).toBe('d');
    expect(await next(7)).toBe('e');
    expect(times).toEqual([1, 2, 3, 4, 5, 9]);
  });

  it('enters what follows in the order of the acts, whichever is over first', async () => {
    let finish: () => void = () => undefined;
    const follow = (name: string): Sequel => () => happened.push(name);
    agenda.at(1, 'slow', () => new Promise((resolve) => (finish = () => resolve(follow('first')))));
    agenda.at(2, 'quick', () => Promise.resolve(follow('second')));
    const over = agenda.next(5);
    await Promise.resolve();
    expect(happened).toEqual([]);
    finish();
    await over;
    expect(happened).toEqual(['first', 'second']);
  });
});
