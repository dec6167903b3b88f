import { MemoryEventStore, type Position, type StoredEvent } from '#ledger';
import { AlertFollower } from '../alerts/alert-follower.js';
import { openInlineViews } from '../testing/inline-views.js';
import { SampleLog } from '../testing/sample-log.js';
import { aia, lpp, uveu } from '../testing/sample-shipments.js';
import { ViewsFile } from './views-file.js';

const tpp = (amount: number): number => amount * 1000;
const nowMs = Date.parse('2027-03-01T00:00:00.000Z');

/** A log in another store: the same events in the same order, at other positions. What they say inside stays. */
type Renumber = (position: Position) => Position;

function viewsOf(events: readonly StoredEvent[], renumber: Renumber, batch: number): ViewsFile {
  const moved = new Map(events.map((event) => [renumber(event.position), { ...event, position: renumber(event.position) }]));
  const file = new ViewsFile({ path: ':memory:', readEvent: (position) => moved.get(position) });
  const all = [...moved.values()];
  for (let at = 0; at < all.length; at += batch) file.apply(all.slice(at, at + batch));
  return file;
}

async function obligationsOf(file: ViewsFile): Promise<readonly object[]> {
  const { items } = await file.ask('obligations', { limit: 200, nowMs });
  for (const row of items) expect(await file.ask('obligation', { id: row.id, nowMs })).toEqual(row);
  return items;
}

async function alertsOf(file: ViewsFile): Promise<readonly object[]> {
  return (await file.ask('alerts', { limit: 200 })).items;
}

/** Every member `position`, at whatever depth, as it is in the moved log. */
function renumbered(value: unknown, renumber: Renumber): unknown {
  if (Array.isArray(value)) return value.map((each) => renumbered(each, renumber));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => {
    return [name, name === 'position' ? renumber(member as Position) : renumbered(member, renumber)] as const;
  });
  return Object.fromEntries(members);
}

/** The alerts of a log recorded behind it, as the ledger does. */
async function withAlerts(events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
  const store = new MemoryEventStore(events);
  const views = await openInlineViews({ store });
  const follower = new AlertFollower({ views, store });
  follower.start();
  await views.ready();
  expect(await follower.settled(600_000)).toBe(true);
  await follower.close();
  await views.close();
  return store.readAll({ after: 0, limit: 10_000 });
}

const numberings: readonly (readonly [string, Renumber])[] = [
  ['with gaps and far apart', (position) => 1_000_000 + position * 977],
  // What is written down is a position of this log, too, but that of another event.
  ['by one', (position) => position + 1],
];

describe.each(numberings)('a log whose positions moved %s', (_, renumber) => {
  it.each([1, 1000])('shows its alerts where their crossings stand in it, %p events at a time', async (batch) => {
    const log = new SampleLog().adopt().reserve('a', 900).reserve('b', 100).release('a').reserve('c', 880);
    const events = await withAlerts(log.events);
    const moved = viewsOf(events, renumber, batch);
    const here = await alertsOf(viewsOf(events, (position) => position, batch));
    expect(here.length).toBeGreaterThan(5);
    expect(await alertsOf(moved)).toEqual(renumbered(here, renumber));
    expect(moved.whole.crossings).toEqual([]);
  });

  it.each([1, 1000])('shows its obligations with what gave rise to them in it, %p events at a time', async (batch) => {
    const log = new SampleLog().adopt().export('x', tpp(1), null, lpp).export('f', tpp(253_000_000), null, aia);
    log.export('p', 1, null, uveu).reserve('r', tpp(1), lpp).export('s', tpp(26_899_000), null, lpp);
    const before = await viewsOf(log.events, (position) => position, 1000).ask('obligations', { limit: 200, nowMs });
    for (const row of before.items.filter((_row, index) => index % 4 !== 3)) log.fulfil(row);
    log.reverse('x', tpp(1)).export('y', tpp(1), 'r');
    const here = await obligationsOf(viewsOf(log.events, (position) => position, batch));
    const done = here.filter((row) => (row as { status: string }).status === 'done');
    expect(done.length).toBeGreaterThan(10);
    expect(await obligationsOf(viewsOf(log.events, renumber, batch))).toEqual(renumbered(here, renumber));
  });
});
