import { HeadBeat } from './head-beat.js';

describe('the beat of the stream', () => {
  const log = { head: 5, isAway: false };
  const views = { position: 5 };
  let nowMs = 0;
  let told: string[] = [];
  const store = { head: () => (log.isAway ? Promise.reject(new Error('away')) : Promise.resolve(log.head)) };
  const beat = new HeadBeat({ views, store, tell: ({ text }) => told.push(text), now: () => nowMs });
  afterAll(() => beat.close());

  const at = async (ms: number): Promise<unknown> => {
    nowMs = ms;
    told = [];
    await beat.beat();
    const [text = ''] = told;
    expect(text).not.toContain('id:');
    return JSON.parse(/^event: head\ndata: (.*)\n\n$/.exec(text)?.[1] ?? '');
  };

  it('says where the views are, and since how long they are behind the log', async () => {
    expect(await at(5_000)).toEqual({ position: '5', behindMs: 0 });
    log.head = 9;
    expect(await at(10_000)).toEqual({ position: '5', behindMs: 5_000 });
    views.position = 7;
    expect(await at(15_000)).toEqual({ position: '7', behindMs: 10_000 });
    views.position = 9;
    expect(await at(20_000)).toEqual({ position: '9', behindMs: 0 });
  });

  it('counts a log that cannot be asked as one that went on', async () => {
    log.isAway = true;
    expect(await at(21_000)).toEqual({ position: '9', behindMs: 1_000 });
    log.isAway = false;
    expect(await at(22_000)).toEqual({ position: '9', behindMs: 0 });
  });
});
