import type { Caller, ExportDirectRequest, RequestedItem, ReserveRequest } from '#ledger';
import { fromTpp } from '#rulebook';
import type { DirectExportDto } from '../exports/export.dto.js';
import type { ItemDto, ShipmentDto } from './reservation.dto.js';

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

export function exportRequest(dto: DirectExportDto): ExportDirectRequest {
  const request: Writable<ExportDirectRequest> = { ...reserveRequest(dto), exportedAt: Date.parse(dto.exportedAt) };
  if (dto.itn !== undefined) request.itn = dto.itn;
  return request;
}

export function callerOf(dto: ShipmentDto, idempotencyKey: string, body: unknown = dto): Caller {
  return { principal: dto.exporter ?? anonymous, idempotencyKey, body };
}

export function requestedItem({
  chip,
  description,
  eccn,
  quantity,
  tppPerUnit,
  dieAreaMm2,
  datacenter,
}: ItemDto): RequestedItem {
  const item: Writable<RequestedItem> = { quantity };
  if (chip !== undefined) item.chip = chip;
  if (description !== undefined) item.description = description;
  if (eccn !== undefined) item.eccn = eccn;
  if (tppPerUnit !== undefined) item.milliTppPerUnit = fromTpp(tppPerUnit);
  if (dieAreaMm2 !== undefined) item.dieAreaMm2 = dieAreaMm2;
  if (datacenter !== undefined) item.datacenter = datacenter;
  return item;
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };
