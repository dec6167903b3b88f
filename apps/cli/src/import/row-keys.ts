import { createHash } from 'node:crypto';
import { canonicalJson } from '#rulebook';
import type { Row, Shipment } from './row-action.js';

/**
 * The key of what a row means: its country, units, moment, texts and action, whatever its cells look like. The ITN is
 * left out, for it may come later; so is what the hardware file says of a chip, for a row is the same shipment whatever
 * that file says.
 */
export function keyOfMeaning(format: string, { action, body }: Shipment): string {
  const { items, ...rest } = body;
  const means: Record<string, unknown> = { ...rest };
  delete means['itn'];
  const [{ description, quantity, ...item }] = items;
  means['item'] = format === 'epoch-gpu-clusters' ? { description, quantity } : { description, quantity, ...item };
  return hashOf({ format, action, means });
}

/** The key that an import before this one was known by its meaning gave the row: its cells as they are written. */
export function keyOfText(format: string, { cells }: Row): string {
  return hashOf({ format, cells });
}

/** An export has one ITN: whoever files it twice, files it once. */
export function keyOfFiling(exportId: string, itn: string): string {
  return hashOf({ file: exportId, itn });
}

/** An export is reversed once, whichever rows correct it. */
export function keyOfReversal(exportId: string): string {
  return hashOf({ correct: exportId });
}

function hashOf(content: object): string {
  return createHash('sha256').update(canonicalJson(content)).digest('base64url');
}
