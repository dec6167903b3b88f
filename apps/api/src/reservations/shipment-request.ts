import type { Caller, ExportDirectRequest, RequestedItem, ReserveRequest } from '#ledger';
import { fromTpp } from '#rulebook';
import type { DirectExportDto } from '../exports/export.dto.js';
import type { DeterminationDto, ItemDto, ShipmentDto } from './reservation.dto.js';

/** Who acts where nobody says so. */
export const anonymous = 'anonymous';

export function reserveRequest(dto: ShipmentDto): ReserveRequest {
  const { exporter = anonymous, expiresAt } = dto;
  const request: Writable<ReserveRequest> = {
    destination: dto.destination,
    exporter,
    items: dto.items.map(requestedItem),
  };
  if (dto.route !== undefined) request.route = dto.route;
  if (dto.ultimateConsignee !== undefined) request.consignee = dto.ultimateConsignee;
  if (dto.facts !== undefined) request.facts = dto.facts;
  if (dto.reference !== undefined) request.reference = dto.reference;
  if (expiresAt !== undefined) request.expiresAt = Date.parse(expiresAt);
  return request;
}

export function determinationRequest({ exportedAt, ...dto }: DeterminationDto): ReserveRequest | ExportDirectRequest {
  return exportedAt === undefined ? reserveRequest(dto) : exportRequest({ ...dto, exportedAt });
}

export function exportRequest(dto: DirectExportDto): ExportDirectRequest {
  const request: Writable<ExportDirectRequest> = { ...reserveRequest(dto), exportedAt: Date.parse(dto.exportedAt) };
  if (dto.itn !== undefined) request.itn = dto.itn;
  return request;
}

/**
 * Who acts for the exporter of a body.
 * @param dto the body, its names in their normal form
 * @param sent the body as it was sent: `dto` itself where it is spelled so
 */
export function callerOf(dto: ActedFor, idempotencyKey: string, sent: unknown): Caller {
  const caller = { principal: dto.exporter ?? anonymous, idempotencyKey, body: dto };
  return sent === dto ? caller : { ...caller, asSent: { scope: (sent as ActedFor).exporter ?? anonymous, body: sent } };
}

interface ActedFor {
  readonly exporter?: string;
}

export function requestedItem({
  chip,
  description,
  eccn,
  quantity,
  tppPerUnit,
  dieAreaMm2,
  datacenter,
  circuits,
}: ItemDto): RequestedItem {
  const item: Writable<RequestedItem> = { quantity };
  if (chip !== undefined) item.chip = chip;
  if (description !== undefined) item.description = description;
  if (eccn !== undefined) item.eccn = eccn;
  if (tppPerUnit !== undefined) item.milliTppPerUnit = fromTpp(tppPerUnit);
  if (dieAreaMm2 !== undefined) item.dieAreaMm2 = dieAreaMm2;
  if (datacenter !== undefined) item.datacenter = datacenter;
  if (circuits !== undefined) {
    item.circuits = circuits.map(({ tppPerUnit: tpp, ...circuit }) => ({ ...circuit, milliTppPerUnit: fromTpp(tpp) }));
  }
  return item;
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };
