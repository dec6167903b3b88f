import { createHash } from 'node:crypto';
import { canonicalJson, normalName } from '#rulebook';
import type { Row, Shipment } from './row-action.js';

/**
 * The key of what a row means: its country, units, moment, texts and action, whatever its cells look like. The ITN is
 * left out, for it may come later; so is what the hardware file says of a chip, for a row is the same shipment whatever
 * that file says.
 */
export function keyOfMeaning(format: string, { action, body }: Shipment): string {
  const { items, reference, ...rest } = body;
  const means: Record<string, unknown> = { ...rest, reference: normalText(reference) };
  delete means['itn'];
  const [{ description: written, quantity, ...item }] = items;
  const description = normalText(written);
  means['item'] = format === 'epoch-gpu-clusters' ? { description, quantity } : { description, quantity, ...item };
  return hashOf({ format, action, means });
}

/** A text that names an item or a document, however its blanks and accents are encoded: programs change them on saving. */
export function normalText<Text extends string | null | undefined>(text: Text): Text | string {
  return typeof text === 'string' ? normalName(text) : text;
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
