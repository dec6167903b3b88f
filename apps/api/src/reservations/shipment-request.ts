import type { Caller, ExportDirectRequest, RequestedItem, ReserveRequest } from '#ledger';
import { fromTpp } from '#rulebook';
import type { DirectExportDto } from '../exports/export.dto.js';
import type { DeterminationDto, ItemDto, ShipmentDto } from './reservation.dto.js';

/** Who acts is the exporter where the body names none. */
export type By = Pick<Caller, 'principal'>;

export function reserveRequest(dto: ShipmentDto, { principal }: By): ReserveRequest {
  const { exporter = principal, expiresAt } = dto;
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

export function determinationRequest({ exportedAt, ...dto }: DeterminationDto, by: By): ReserveRequest | ExportDirectRequest {
  return exportedAt === undefined ? reserveRequest(dto, by) : exportRequest({ ...dto, exportedAt }, by);
}

export function exportRequest(dto: DirectExportDto, by: By): ExportDirectRequest {
  const request: Writable<ExportDirectRequest> = { ...reserveRequest(dto, by), exportedAt: Date.parse(dto.exportedAt) };
  if (dto.itn !== undefined) request.itn = dto.itn;
  return request;
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
