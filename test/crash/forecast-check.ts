/** The data of an event of a line. */
type EventData = Readonly<Record<string, unknown>> & { readonly type: string };

interface Used {
  readonly dayMs: number;
  readonly amount: number;
}

const oneDayMs = 86_400_000;
const window = 90;
const noUse = ['AmountsTakenOver', 'LineClosed', 'HoldingsDeclared'];

interface Amounts {
  readonly allocation: number | null;
  readonly exported: number;
  readonly reserved: number;
}

/** Whether exhaustion of one line is expected, event by event: written apart from the ledger's own fold, and slowly. */
export class ExpectedExhaustion {
  readonly #used: Used[] = [];
  #before = 0;
  #isOpen = false;

  /** Takes the next event of the line. @returns whether it raises the alert */
  raises(line: string, data: EventData): boolean {
    const { allocation, exported, reserved } = amountsOf(line, data);
    const todayMs = dayMsOf(String(data['recordedAt']));
    const amount = exported + reserved - this.#before;
    this.#before = exported + reserved;
    if (amount !== 0 && !noUse.includes(data.type)) {
      const isDirect = data.type === 'ExportDebited' && data['reservationId'] === null;
      this.#used.push({ amount, dayMs: isDirect ? Math.min(todayMs, dayMsOf(String(data['exportedAt']))) : todayMs });
    }
    const days = allocation && data['closedInto'] === undefined ? this.#daysLeft(allocation - exported - reserved, todayMs) : undefined;
    const year = /^lpp:.*:(\d{4})$/.exec(line)?.[1] ?? '2027';
    const toEnd = (Date.parse(`${year}-12-31T00:00:00Z`) - todayMs) / oneDayMs;
    const wasOpen = this.#isOpen;
    if (days === undefined || days > toEnd || days > 100) this.#isOpen = false;
    else if (days <= 90) this.#isOpen = true;
    return this.#isOpen && !wasOpen;
  }

  /** Undefined with fewer than ten debits in 90 days. */
  #daysLeft(left: number, todayMs: number): number | undefined {
    const lately = this.#used.filter(({ dayMs }) => dayMs <= todayMs && dayMs > todayMs - window * oneDayMs);
    if (lately.filter(({ amount }) => amount > 0).length < 10) return undefined;
    if (left <= 0) return 0;
    const rate = lately.reduce((sum, { amount }) => sum + amount, 0) / window;
    return rate > 0 ? Math.ceil(left / rate) : Infinity;
  }
}

/** Of a `uveu:` line those of its share outside of partner countries. */
function amountsOf(line: string, data: EventData): Amounts {
  if (!line.startsWith('uveu:')) return data['balanceMilliTpp'] as Amounts;
  const shares = (data['shares'] ?? {}) as Readonly<Record<string, { readonly limitMilliTpp: number; readonly exported: number; readonly reserved: number }>>;
  const share = shares['outside-partners'];
  return share === undefined ? { allocation: null, exported: 0, reserved: 0 } : { allocation: share.limitMilliTpp, exported: share.exported, reserved: share.reserved };
}

function dayMsOf(instant: string): number {
  return Date.parse(`${instant.slice(0, 10)}T00:00:00Z`);
}
