import { ExpectedExhaustion } from './forecast-check.js';

/** An event as GET /v1/events gives it. */
export interface LogEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly type: string };
}

interface Balance {
  readonly allocation: number | null;
  readonly exported: number;
  readonly reserved: number;
}

/** What is wrong with a log, in sentences; empty if all holds. Written apart from the ledger's own folds. */
export function faultsOf(log: readonly LogEvent[]): readonly string[] {
  const faults: string[] = [];
  const revisions = new Map<string, number>();
  const keys = new Set<string>();
  const ends = new Set<string>();
  const exported = new Set<string>();
  const reversed = new Set<string>();
  const once = (seen: Set<string>, id: string, what: string): void => {
    if (seen.has(id)) faults.push(`${what} ${id} twice`);
    seen.add(id);
  };
  for (const { stream, revision, data } of log) {
    const expected = (revisions.get(stream) ?? -1) + 1;
    if (revision !== expected) faults.push(`${stream} has revision ${revision} where ${expected} was due`);
    revisions.set(stream, revision);
    if (!stream.startsWith('quota-')) continue;
    const key = data['idempotencyKey'];
    if (typeof key === 'string') once(keys, key, 'decided');
    const reservation = String(data['reservationId']);
    if (data.type === 'ReservationReleased' || data.type === 'ReservationLapsed') once(ends, reservation, 'ended reservation');
    if (data.type === 'ExportDebited') {
      once(exported, String(data['exportId']), 'debited export');
      if (data['final'] === true && data['reservationId'] !== null) once(ends, reservation, 'ended reservation');
    }
    if (data.type === 'ExportReversed') once(reversed, String(data['exportId']), 'reversed export');
    // What closed lines have comes on top of what the line gave out, whatever room there is.
    const isShared = data['takenOver'] !== undefined;
    for (const { allocation, exported: out, reserved } of balancesOf(data)) {
      if (out < 0 || reserved < 0 || (allocation !== null && !isShared && out + reserved > allocation)) {
        faults.push(`${stream}@${revision}: exported ${out} + reserved ${reserved} is not within ${allocation}`);
      }
    }
  }
  return [...faults, ...measuredFaultsOf(log)];
}

/** What is wrong with the alerts of reporting dates: one a line and date, and about a share that was beyond its limit. */
function measuredFaultsOf(log: readonly LogEvent[]): readonly string[] {
  const seen = new Set<string>();
  return log.flatMap(({ data }) => {
    if (data.type !== 'AlertRaised' || data['level'] !== 'measured') return [];
    const [line, measuredOn] = [String(data['line']), String(data['measuredOn'])];
    const alert = `${line} as measured on ${measuredOn}`;
    if (seen.has(alert)) return [`raised ${alert} twice`];
    seen.add(alert);
    const ofLine = log.filter((event) => event.stream === `quota-${line}` && String(event.data['recordedAt']).slice(0, 10) <= measuredOn);
    const newest = ofLine.at(-1);
    if (newest === undefined || newest.id !== (data['crossing'] as { eventId: string }).eventId) return [`${alert}: not at its newest event`];
    const isBeyond = balancesOf(newest.data).some(({ allocation, exported, reserved }) => allocation !== null && exported + reserved > allocation);
    return isBeyond ? [] : [`${alert}: no share was beyond its limit`];
  });
}

/** The amounts of the line, and of each share of a line that has shares. */
function balancesOf(data: LogEvent['data']): readonly Balance[] {
  const shares = Object.values((data['shares'] ?? {}) as Readonly<Record<string, Omit<Balance, 'allocation'> & { limitMilliTpp: number }>>);
  const own = data['balanceMilliTpp'] as Balance;
  return [own, ...shares.map(({ limitMilliTpp, exported, reserved }) => ({ allocation: limitMilliTpp, exported, reserved }))];
}

/** Of these amounts those of which most is used. */
function tightestOf(data: LogEvent['data']): Balance {
  const used = ({ allocation, exported, reserved }: Balance): number => (allocation ? (exported + reserved) / allocation : -1);
  return balancesOf(data).reduce((tightest, each) => (used(each) > used(tightest) ? each : tightest));
}

const levels = { watch: 0.8, critical: 0.9, exhausted: 1 } as const;
const hysteresis = 0.02;

/** The alerts that a log must have raised, as `stream level crossing-event-id`, by an own walk over the balances. */
export function crossingsOf(log: readonly LogEvent[]): readonly string[] {
  const open = new Map<string, Set<string>>();
  const expected = new Map<string, ExpectedExhaustion>();
  const crossings: string[] = [];
  for (const { id, stream, data } of log) {
    if (!stream.startsWith('quota-')) continue;
    const line = stream.slice('quota-'.length);
    const exhaustion = expected.get(line) ?? new ExpectedExhaustion();
    expected.set(line, exhaustion);
    if (exhaustion.raises(line, data)) crossings.push(`${line} forecast ${id}`);
    const { allocation, exported, reserved } = tightestOf(data);
    if (!allocation) continue;
    const used = (exported + reserved) / allocation;
    const of = open.get(stream) ?? new Set<string>();
    open.set(stream, of);
    const raise = (level: string): void => {
      if (of.has(level)) return;
      of.add(level);
      crossings.push(`${line} ${level} ${id}`);
    };
    for (const [level, threshold] of Object.entries(levels)) {
      if (used >= threshold) {
        if (level === 'exhausted') of.delete('reopened');
        raise(level);
      } else if (of.has(level) && (level === 'exhausted' ? used <= threshold - hysteresis : used < threshold - hysteresis)) {
        of.delete(level);
        if (level === 'exhausted') raise('reopened');
      }
    }
  }
  return crossings;
}

/** The alerts that a log did raise at a crossing, in the same form. */
export function alertsOf(log: readonly LogEvent[]): readonly string[] {
  return log
    .filter(({ data }) => data.type === 'AlertRaised' && data['level'] !== 'measured')
    .map(({ data }) => `${String(data['line'])} ${String(data['level'])} ${(data['crossing'] as { eventId: string }).eventId}`);
}
