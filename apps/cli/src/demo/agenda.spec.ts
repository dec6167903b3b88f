import { Agenda } from './agenda.js';

it('lets things happen in the order of time, and what is at one time in the order in which it was entered', async () => {
  const agenda = new Agenda();
  const happened: string[] = [];
  const enter = (atMs: number, name: string): void => agenda.at(atMs, () => Promise.resolve(void happened.push(name)));
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
