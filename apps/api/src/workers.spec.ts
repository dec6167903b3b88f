import { Workers, type Worker } from './workers.js';

describe('the workers of a server', () => {
  it('start in order, and each is closed when those after it are', async () => {
    const told: string[] = [];
    const worker = (name: string): Worker => ({
      start: () => void told.push(`${name} starts`),
      close: async () => {
        told.push(`${name} closes`);
        await new Promise(setImmediate);
        told.push(`${name} is closed`);
      },
    });
    const opened: Worker = { close: () => void told.push('what was open is closed') };
    const workers = new Workers([worker('first'), opened, worker('last')]);
    workers.start();
    expect(told.splice(0)).toEqual(['first starts', 'last starts']);
    await workers.close();
    expect(told).toEqual(['last closes', 'last is closed', 'what was open is closed', 'first closes', 'first is closed']);
  });
});
