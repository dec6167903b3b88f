import { available, barOf, countedOn, portsOfHold, roomFor, routeOfHold, shareOfAll, type LineState } from '#ledger';
import {
  determine,
  noTpp,
  shareBinds,
  toTpp,
  type ClassifiedItem,
  type DeterminationPorts,
  type CompanyLookup,
  type CompiledRulebook,
  type Consignee,
  type Determined,
  type MilliTpp,
  type Reason,
  type Route,
  type RouteFacts,
  type RouteName,
  type Shipment,
  type UveuLimit,
} from '#rulebook';
import type { ItemsUnderDraft } from './items-under-draft.js';
import type { SimulatedLines } from './simulated-lines.js';

/** What an exporter stated of a shipment, besides its items. */
export interface StatedShipment {
  readonly destination: string;
  readonly consignee: Consignee | null;
  readonly facts: RouteFacts | undefined;
  readonly asked: RouteName | undefined;
}

/** What a draft makes of a recorded request. */
export type DraftVerdict = DraftApproval | DraftRefusal;

export interface DraftApproval {
  readonly allowed: true;
  readonly route: Route;
  readonly line: string;
  readonly milliTpp: MilliTpp;
  readonly debitedMilliTpp: MilliTpp;
  readonly items: readonly ClassifiedItem[];
  /** Every unit has the level and the TPP that were recorded. */
  readonly sameItems: boolean;
  /** The shares of the line that it counts in; none on a line without shares. */
  readonly scopes: readonly string[];
  readonly determined: Determined;
}

export interface DraftRefusal {
  readonly allowed: false;
  readonly code: string;
  /** Null where the request does not come as far as a determination. */
  readonly determined: Determined | null;
  readonly explain: () => readonly Reason[];
}

/** A hold that is to be changed: it stays on its line, and what it holds is given back for the determination. */
export interface HoldInChange {
  readonly line: string;
  readonly route: Route;
  readonly held: number;
  readonly exported: number;
  readonly scopes: readonly string[];
}

const noShares: readonly UveuLimit[] = [];
const noScopes: readonly string[] = [];

/** Judges recorded requests under a draft, over the lines as they stand under it. */
export class DraftJudge {
  readonly #draft: CompiledRulebook;
  readonly #lines: SimulatedLines;
  readonly #items: ItemsUnderDraft;
  readonly #ports: DeterminationPorts;
  #nowMs = 0;
  #inChange: HoldInChange | undefined;

  constructor(options: {
    readonly draft: CompiledRulebook;
    readonly lines: SimulatedLines;
    readonly items: ItemsUnderDraft;
    /** As of the event that is judged. */
    readonly companies: CompanyLookup;
  }) {
    const { draft, lines, items, companies } = options;
    this.#draft = draft;
    this.#lines = lines;
    this.#items = items;
    // Limits by date are those at recorded time.
    this.#ports = { lines: (line, _atMs, scope) => this.#left(line, scope), companies };
  }

  /**
   * @param whenMs the moment that counts (milliseconds): of the request, or of the export
   * @param nowMs when it was recorded: the limits are those of then
   * @param inChange the hold that the request changes
   */
  judge(
    shipment: StatedShipment,
    stated: readonly ClassifiedItem[],
    whenMs: number,
    nowMs: number,
    inChange?: HoldInChange,
  ): DraftVerdict {
    const classified = this.#items.classify(stated);
    if ('code' in classified) return refused(classified.code, null, () => classified.reasons);
    const { destination } = shipment;
    if (this.#draft.groupOf(destination, whenMs) === 'home') return refused('not-an-export', null, () => [homeOf(destination)]);
    this.#nowMs = nowMs;
    this.#inChange = inChange;
    const asked = inChange === undefined ? shipment.asked : routeOfHold(inChange, shipment.asked);
    const ports = inChange === undefined ? this.#ports : portsOfHold(inChange, this.#ports);
    const determined = determine(this.#draft, shipmentOf({ ...shipment, asked }, classified.items), whenMs, ports);
    const { route, milliTpp, debitedMilliTpp, contradictions, refusal } = determined;
    const line = inChange?.line ?? determined.line;
    if (contradictions.length > 0) return refused('contradictory-facts', determined, () => contradictions);
    if (refusal !== null) return refused(refusal.code, determined, () => refusal.reasons);
    const shares = (line.startsWith('uveu:') ? this.#lines.limits.citedShares(line, destination, whenMs) : undefined) ?? noShares;
    const barred = this.#barredByLine(line, shares, determined);
    if (barred !== undefined) return barred;
    const scopes = shares.length === 0 ? noScopes : shares.map(({ scope }) => scope);
    return {
      allowed: true,
      route,
      line,
      milliTpp,
      debitedMilliTpp,
      items: determined.items,
      sameItems: classified.same,
      scopes,
      determined,
    };
  }

  #barredByLine(line: string, shares: readonly UveuLimit[], determined: Determined): DraftRefusal | undefined {
    const { debitedMilliTpp } = determined;
    const held = this.#inChange?.held ?? 0;
    const exported = this.#inChange?.exported ?? 0;
    if (debitedMilliTpp < exported) {
      return refused('exceeds-hold', determined, () => [lessThanExported(debitedMilliTpp, exported)]);
    }
    const more = debitedMilliTpp - exported - held;
    if (this.#inChange !== undefined && more <= 0) return undefined;
    const state = this.#lines.stateAt(line, this.#nowMs);
    const bar = barOf(state, more, this.#roomFor(state, shares));
    if (bar === undefined) return undefined;
    return refused(bar.code, determined, () => [this.#because(line, state, shares, more)]);
  }

  #roomFor(state: LineState, shares: readonly UveuLimit[]): MilliTpp | null {
    if (shares.length === 0) return roomFor(state, undefined);
    const limits = Object.fromEntries(shares.map(({ scope, limit }) => [scope, limit]));
    return roomFor(state, limits, this.#lines.limits.measuredShares(Object.keys(limits)));
  }

  /** What bars a request on its line, in the words of a simulation: the first share that it does not fit, or the cap. */
  #because(line: string, state: LineState, shares: readonly UveuLimit[], more: number): Reason {
    if (state.suspended) return suspended(line);
    if (state.closedInto !== undefined) return closed(line);
    for (const { scope, limit, citation } of shares) {
      if (!shareBinds(this.#draft, scope)) continue;
      const left = roomFor(state, { [scope]: limit }, scope === shareOfAll ? [] : [shareOfAll]);
      if (left !== null && more > left) return tooLittle(`${line} (${scope})`, more, left, citation);
    }
    return tooLittle(line, more, available(state.balance) ?? noTpp, this.#capCitation(line));
  }

  /** What the determination under way may count on, with what a hold in change gives back. */
  #left(line: string, scope: string | undefined): MilliTpp | null {
    const hold = this.#inChange;
    const givenBack = hold?.line === line ? { heldMilliTpp: hold.held, scopes: hold.scopes } : undefined;
    return countedOn(this.#lines.stateAt(line, this.#nowMs), scope, givenBack);
  }

  #capCitation(line: string): string {
    const { allocations, routes } = this.#draft.document;
    if (line.startsWith('lpp:')) return routes?.lpp?.citation ?? '15 CFR 740.29';
    if (line.startsWith('nveu:')) return routes?.nveu?.citation ?? '15 CFR 748.15';
    return allocations.citation;
  }
}

function shipmentOf({ destination, consignee, facts, asked }: StatedShipment, items: readonly ClassifiedItem[]): Shipment {
  if (consignee === null && facts === undefined && asked === undefined) return { destination, items };
  return { destination, items, ...(consignee && { consignee }), ...(asked && { route: asked }), ...(facts && { facts }) };
}

function refused(code: string, determined: Determined | null, explain: () => readonly Reason[]): DraftRefusal {
  return { allowed: false, code, determined, explain };
}

const byLedger = 'Quota Ledger: docs/design.md, the log is the only truth';

function homeOf(destination: string): Reason {
  const text = `Under the draft ${destination} is a home country: a shipment within it is no export.`;
  return { code: 'not-an-export', text, citation: '15 CFR 734.13' };
}

function suspended(line: string): Reason {
  return { code: 'line-suspended', text: `${line} was suspended by order at this place of the log.`, citation: byLedger };
}

function closed(line: string): Reason {
  const text = `${line} was closed when its company was merged: another line carries on its limit.`;
  return { code: 'line-closed', text, citation: byLedger };
}

function lessThanExported(debited: number, exported: number): Reason {
  const text = `${debited / 1000} TPP are less than the ${exported / 1000} TPP that left under the hold already.`;
  return { code: 'exceeds-hold', text, citation: byLedger };
}

function tooLittle(line: string, wanted: number, left: number, citation: string): Reason {
  const text = `${wanted / 1000} TPP do not fit: under the draft ${line} has ${toTpp(left as MilliTpp)} TPP left.`;
  return { code: 'insufficient-quota', text, citation };
}
