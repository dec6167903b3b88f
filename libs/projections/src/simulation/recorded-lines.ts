import type { LineBalance, LineEvent, Shares } from '#ledger';
import { noTpp, type CompiledRulebook } from '#rulebook';
import type { Movement } from './simulated-line.js';
import { capUnder, groupUnder } from './simulated-lines.js';
import type { LineSide } from './simulation-result.js';

interface RecordedLine {
  balance: LineBalance;
  suspended: boolean;
  isOrdered: boolean;
  isClosed: boolean;
  shares: Shares | undefined;
}

/** The lines as they were recorded: each event carries the state of its line after it. */
export class RecordedLines {
  readonly #lines = new Map<string, RecordedLine>();

  /** @returns what the event did to the line's amounts */
  move(name: string, event: LineEvent): Movement {
    const { balanceMilliTpp: balance, capBasis, shares } = event;
    const suspended = event.suspended === true;
    const isOrdered = capBasis === 'order';
    const isClosed = event.closedInto !== undefined;
    const line = this.#lines.get(name);
    if (line === undefined) {
      this.#lines.set(name, { balance, suspended, isOrdered, isClosed, shares });
      return { exported: balance.exported, reserved: balance.reserved };
    }
    const before = line.balance;
    line.balance = balance;
    line.suspended = suspended;
    line.isOrdered = isOrdered;
    line.isClosed = isClosed;
    line.shares = shares;
    return { exported: balance.exported - before.exported, reserved: balance.reserved - before.reserved };
  }

  names(): Iterable<string> {
    return this.#lines.keys();
  }

  /** The line with the cap of a moment: where no order set it, that of the rulebook in force. */
  sideOf(name: string, inForce: CompiledRulebook | undefined, atMs: number): LineSide {
    const line = this.#lines.get(name);
    const granted = inForce === undefined ? null : capUnder(inForce, name, atMs);
    const group = inForce === undefined ? null : groupUnder(inForce, name, atMs);
    if (line === undefined) {
      const balance = { allocation: granted, exported: noTpp, reserved: noTpp };
      return { balance, suspended: false, isClosed: false, group };
    }
    const { suspended, isOrdered, isClosed, shares } = line;
    const balance = isOrdered ? line.balance : { ...line.balance, allocation: granted };
    return { balance, suspended, isClosed, group, ...(shares && Object.keys(shares).length > 0 && { shares }) };
  }
}
