import type { Body } from '#wire';
import { OutputLost } from './output.js';

/** What the process ends with. These numbers are documented in docs/operations.md; scripts rely on them. */
export const exitCode = {
  ok: 0,
  /** `replay` or `rulebook diff` found a difference, `rulebook check` an error. */
  mismatch: 1,
  /** Wrong arguments, a file that cannot be read or understood, or output that cannot be written. */
  usage: 2,
  /** No server at --url, or the data directory is locked, damaged or missing. */
  unreachable: 3,
  /** The ledger answered no: an unknown country, a server that is not ready, ... */
  refused: 4,
  /** The rules refused a shipment; where it was asked in earnest, the refusal is recorded. */
  refusedByRules: 5,
  /** A bug. */
  internal: 70,
} as const;

/** The arguments or an input file are at fault. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The ledger cannot be reached, or its data cannot be opened. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The ledger was reached and said no. */
export class Refused extends Error {
  override readonly name: string = 'Refused';

  /** @param problem the problem document that was answered */
  constructor(
    message: string,
    readonly problem?: Body<'Problem'>,
  ) {
    super(message);
  }
}

/** The rules said no to what was asked, or would have. */
export class RefusedByRules extends Refused {
  override readonly name = 'RefusedByRules';
}

/** What should agree does not. */
export class MismatchFound extends Error {
  override readonly name = 'MismatchFound';
}

/** What was to be checked is wrong. */
export class ErrorsFound extends Error {
  override readonly name = 'ErrorsFound';
}

/** @param error undefined where there is none */
export function exitCodeOf(error: unknown): number {
  if (error === undefined) return exitCode.ok;
  if (error instanceof MismatchFound || error instanceof ErrorsFound) return exitCode.mismatch;
  if (error instanceof OutputLost) return error.isClosed ? exitCode.ok : exitCode.usage;
  if (error instanceof UsageError) return exitCode.usage;
  if (error instanceof Unreachable) return exitCode.unreachable;
  if (error instanceof RefusedByRules) return exitCode.refusedByRules;
  if (error instanceof Refused) return exitCode.refused;
  return exitCode.internal;
}
