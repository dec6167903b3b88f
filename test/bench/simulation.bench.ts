import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ledger, openEventStore, rulebookAtStart, type Caller, type EventStore, type Outcome } from '#ledger';
import { simulate } from '#projections';
import { builtInRulebook, loadRulebook, type CompiledRulebook } from '#rulebook';
import { LogIndex } from '../../libs/ledger/src/testing/log-index.js';
import { idOf } from '../../libs/ledger/src/testing/memory-ledger.js';
import { medianOf } from './median.js';

const eventsMax = 1_000_000;
const atOnce = 4_000;
const countries = ['AE', 'SA', 'IN', 'BR', 'MX', 'AU', 'KE', 'CN', 'VN', 'PL'];

/**
 * Drafts replayed over a million events of every kind, as the ledger writes them: one that changes nothing, and one
 * under which hardly a decision stays as it was.
 */
export async function simulationBench(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'quota-bench-'));
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    const { document } = builtInRulebook();
    const rulebook = loadRulebook({ ...document, version: 'bench', allocations: { ...document.allocations, perCountryTpp: 20_000_000_000 } });
    const store = await openEventStore({ dataDir, onFatal: (error) => { throw error; } });
    await writeHistory(store, rulebook);
    const until = await store.head();
    const other = loadRulebook({
      ...document,
      version: 'other',
      chips: document.chips.map((chip) => (chip.id === 'nvidia-h100-sxm5' ? { ...chip, tppPerUnit: 16_000 } : chip)),
    });
    for (const [name, draft] of [['the rulebook in force', rulebook], ['another one', other]] as const) {
      const seconds: number[] = [];
      const cpuSeconds: number[] = [];
      let differences = 0;
      for (let round = 0; round < 3; round += 1) {
        const startedAt = performance.now();
        const cpuBefore = process.cpuUsage();
        const signal = AbortSignal.timeout(600_000);
        const result = await simulate({ logFile: store.logFile, draft, until, differences: { after: 0, limit: 50 }, signal });
        seconds.push((performance.now() - startedAt) / 1000);
        const { user, system } = process.cpuUsage(cpuBefore);
        cpuSeconds.push((user + system) / 1e6);
        differences = Object.values(result.counts).reduce((sum, count) => sum + count, 0);
      }
      const [wall, cpu] = [medianOf(seconds), medianOf(cpuSeconds)];
      const each = (cpu * 1e6) / until;
      say(
        `simulation of ${name}: ${until} events in ${wall.toFixed(1)} s, ${cpu.toFixed(1)} s of processor time ` +
          `(${each.toFixed(1)} us an event), ${differences} differences`,
      );
    }
    await store.close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Reservations with and without consignees, exports of them in part and whole, changes, releases, refusals. */
async function writeHistory(store: EventStore, rulebook: CompiledRulebook): Promise<void> {
  const index = new LogIndex();
  let now = Date.parse('2026-03-01T00:00:00Z');
  const clock = (): number => now;
  const inForce = await rulebookAtStart(store, { named: undefined, builtIn: rulebook }, clock);
  const ledger = await Ledger.open({ store, index, inForce, clock });
  let n = 0;
  const caller = (): Caller => ({ principal: 'acme', idempotencyKey: `bench-key-${n}`, body: n });
  let held: readonly string[] = [];
  for (let head = 0; head < eventsMax; head = await store.head()) {
    now += 60_000;
    const next = held.map((id, place) => followUp(ledger, id, place, now, () => ((n += 1), caller())));
    const fresh = Array.from({ length: atOnce - next.length }, () => ((n += 1), request(ledger, n, now, caller())));
    await Promise.all(next);
    const outcomes = await Promise.all(fresh);
    held = outcomes.filter((outcome) => outcome.decided && outcome.event.type === 'QuotaReserved').map(idOf).slice(0, atOnce / 2);
    await index.reach(store);
  }
  await ledger.close();
}

function request(ledger: Ledger, n: number, now: number, caller: Caller): Promise<Outcome> {
  const destination = countries[n % countries.length] ?? 'AE';
  const items = [{ chip: n % 3 === 0 ? 'amd-mi300x' : 'nvidia-h100-sxm5', quantity: 1 + (n % 8) }];
  const party = { name: `Consignee ${n % 500}`, country: destination, headquarters: n % 4 === 0 ? 'DE' : destination };
  const shipment = { destination, exporter: `exporter-${n % 20}`, items, ...(n % 3 === 1 && { consignee: party }) };
  if (n % 10 === 9) return ledger.exportDirect({ ...shipment, exportedAt: now - 3_600_000 }, caller);
  return ledger.reserve(shipment, caller);
}

function followUp(ledger: Ledger, id: string, place: number, now: number, caller: () => Caller): Promise<Outcome> {
  if (place % 5 === 0) return ledger.release(id, { reason: 'not needed' }, caller());
  if (place % 5 === 1) {
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: 3 }];
    return ledger.amend(id, { items, expectedRevision: null }, caller());
  }
  return ledger.exportHold(id, { part: { of: 'all' }, exportedAt: now - 60_000, final: place % 2 === 0 }, caller());
}
