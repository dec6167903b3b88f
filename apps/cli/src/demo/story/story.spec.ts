import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeEvent, type StoredEvent } from '#ledger';
import type { LineView } from '#projections';
import { openLedger } from '../../../../api/src/composition.js';
import { readConfig } from '../../../../api/src/config.js';
import { DemoClock } from '../demo-clock.js';
import { demands } from '../sample/demands.js';
import { dayMs } from './stage.js';
import { Story } from './story.js';

const endMs = Date.parse('2026-12-01T12:00:00Z');
const shortDays = 100;

interface Told {
  readonly events: readonly StoredEvent[];
  readonly lines: ReadonlyMap<string, LineView>;
  readonly rejected: readonly string[];
  readonly overdue: number;
}

/** The history of a seed, in a ledger of its own. */
async function told(seed: number): Promise<Told> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quota-story-'));
  const clock = new DemoClock(endMs - shortDays * dayMs);
  const fatal = (reason: unknown): never => {
    throw new Error('The ledger of the test cannot go on.', { cause: reason });
  };
  const config = { ...readConfig({ LEDGER_DATA_DIR: dataDir }), clock: clock.now };
  const opened = await openLedger(config, { explain: fatal, onFatal: fatal, onSuperseded: fatal });
  try {
    const story = new Story(opened, clock, { seed, endMs });
    await story.writeHistory();
    expect(clock.now()).toBe(endMs);
    const { items } = await opened.views.ask('obligations', { limit: 200, status: 'overdue', nowMs: endMs });
    const events = await opened.store.readAll({ after: 0, limit: 100_000 });
    return { events, lines: new Map(opened.views.lines), rejected: story.rejected, overdue: items.length };
  } finally {
    await opened.close();
    await rm(dataDir, { recursive: true });
  }
}

/** By stream, a digest of what was recorded: without what is random in every log, nonces and the hashes that follow from them. */
function meaningOf(events: readonly StoredEvent[]): Readonly<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const { stream, json } of events) {
    // What is owed is named by the random ids of events, and alerts are recorded by a worker in its own time.
    if (/^(?:obligation|alerts)-/.test(stream)) continue;
    const { nonce: _nonce, prev: _prev, ...meaning } = JSON.parse(json) as Record<string, unknown>;
    digests[stream] = createHash('sha256').update(`${digests[stream]} ${JSON.stringify(meaning)}`).digest('hex');
  }
  return digests;
}

describe('the story of a demo', () => {
  let first: Told;
  beforeAll(async () => {
    first = await told(1);
  });

  it('is the same for the same seed, and another one for another', async () => {
    const again = await told(1);
    expect(meaningOf(again.events)).toEqual(meaningOf(first.events));
    expect(meaningOf((await told(2)).events)).not.toEqual(meaningOf(first.events));
  });

  it('asks for nothing that the ledger would not record', () => {
    expect(first.rejected).toEqual([]);
  });

  it('ends with every status, each in several countries', () => {
    const statuses = demands.map(({ country }) => statusOf(first.lines.get(`country:${country}`)));
    const count = (status: string): number => statuses.filter((each) => each === status).length;
    expect(count('exhausted')).toBe(3);
    expect(count('critical')).toBe(3);
    expect(count('watch')).toBe(3);
    expect(count('suspended')).toBe(1);
    expect(count('open')).toBeGreaterThan(20);
  });

  it('has partners, the embargoed, lines of companies, and every kind of event', () => {
    const lines = [...first.lines.keys()];
    for (const prefix of ['country:JP', 'country:CN', 'lpp:', 'nveu:', 'uveu:']) {
      expect(lines.filter((line) => line.startsWith(prefix))).not.toEqual([]);
    }
    const types = new Set(first.events.map(({ type }) => type));
    for (const type of [
      'QuotaReserved', 'ReservationAmended', 'ReservationReleased', 'ReservationLapsed', 'ReservationRefused', 'ExportDebited', 'ExportFiled',
      'ExportReversed', 'AllocationSet', 'LineSuspended', 'AlertRaised', 'AlertAcknowledged', 'CompanyRegistered', 'AuthorisationGranted',
      'ObligationFulfilled', 'WeightExportRecorded',
    ]) {
      expect(types).toContain(type);
    }
    const events = first.events.map(({ json }) => decodeEvent(json));
    const refusals = new Set(events.flatMap((event) => (event.type === 'ReservationRefused' ? [event.code] : [])));
    expect([...refusals]).toEqual(expect.arrayContaining(['insufficient-quota', 'no-allocation']));
    expect(events.some((event) => event.type === 'ExportDebited' && !event.final)).toBe(true);
  });

  it('leaves little undone that was due', () => {
    expect(first.overdue).toBeLessThan(40);
  });
});

function statusOf(view: LineView | undefined): string {
  const { balance: { allocation, exported, reserved } = { allocation: null, exported: 0, reserved: 0 }, suspended = false } = view ?? {};
  if (suspended) return 'suspended';
  const share = allocation === null ? 0 : (exported + reserved) / allocation;
  return share >= 1 ? 'exhausted' : share >= 0.9 ? 'critical' : share >= 0.8 ? 'watch' : 'open';
}
