import type { CircuitFacts, Consignee, MilliTpp, ReversalCode, RouteFacts, RouteName } from '#rulebook';
import type { AttritionCause } from '../events/line-parts.js';
import type { ExpectedRevision, ExportPart } from '../line/line-command.js';

/** Who calls, with what. */
export interface Caller {
  /** Who acts. Recorded with the decision; no part of what makes two requests the same. */
  readonly principal: string;
  /** Idempotency-Key; null where none was given. */
  readonly idempotencyKey: string | null;
  /** The body, its names in their normal form: with the operation it makes the request hash. */
  readonly body: unknown;
  /** Where a name was sent in another spelling: the body as it was sent, and the exporter that it names as the scope of the key. */
  readonly asSent?: { readonly scope?: string; readonly body: unknown };
}

/** An item as a caller names it: a chip of the catalogue, or a description with its TPP. */
export interface RequestedItem {
  readonly chip?: string;
  readonly description?: string;
  /** Taken as declared; left out: classified. */
  readonly eccn?: string;
  readonly quantity: number;
  /** Only with `description`. */
  readonly milliTppPerUnit?: MilliTpp;
  /** Applicable die area in mm2; only with `description`. */
  readonly dieAreaMm2?: number;
  /** Designed or marketed for datacentres; only with `description`; left out: true. */
  readonly datacenter?: boolean;
  /** What a described computer contains, in place of its TPP, die area and ECCN. */
  readonly circuits?: readonly CircuitFacts[];
}

export interface ShipmentRequest {
  readonly destination: string;
  readonly exporter: string;
  readonly consignee?: Consignee;
  readonly items: readonly RequestedItem[];
  readonly route?: RouteName;
  /** What single routes need to know besides. */
  readonly facts?: RouteFacts;
  readonly reference?: string;
}

/** Times are milliseconds since 1970, UTC. */
export interface ReserveRequest extends ShipmentRequest {
  readonly expiresAt?: number;
}

export interface ExportDirectRequest extends ShipmentRequest {
  readonly exportedAt: number;
  readonly itn?: string;
}

export interface ExportHoldRequest {
  readonly part: ExportPart;
  readonly exportedAt: number;
  readonly itn?: string;
  readonly final: boolean;
  /** From If-Match; left out: any. */
  readonly expectedRevision?: ExpectedRevision;
}

export interface AmendRequest {
  readonly items?: readonly RequestedItem[];
  readonly expiresAt?: number;
  readonly reference?: string | null;
  /** From If-Match; null for `*`: any. */
  readonly expectedRevision: ExpectedRevision | null;
}

export interface ReleaseRequest {
  readonly reason?: string;
  readonly expectedRevision?: ExpectedRevision;
}

export interface ReverseRequest {
  readonly code: ReversalCode;
  readonly reason: string;
}

export interface FileRequest {
  /** Internal Transaction Number of the export declaration. */
  readonly itn: string;
}

export interface AttritionRequest {
  readonly milliTpp: MilliTpp;
  readonly cause: AttritionCause;
  /** Milliseconds since 1970, UTC; not in the future. */
  readonly occurredAt: number;
  readonly reason: string;
}

export interface OrderRequest {
  readonly reason: string;
}

export interface SetAllocationRequest extends OrderRequest {
  readonly allocationMilliTpp: MilliTpp;
}
