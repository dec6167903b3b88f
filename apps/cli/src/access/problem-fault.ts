import { Refused, Unreachable, UsageError } from '../exit-code.js';

/** A problem document (RFC 9457) as the API answers it; members by its code. */
export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly reservationId?: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly [member: string]: unknown;
}

/** A problem as a fault with its exit code: a value that the API cannot read is a wrong argument. */
export function problemFault({ status, title, detail, errors }: ProblemDocument): UsageError | Refused | Unreachable {
  if (status >= 500) return new Unreachable(`${title}. ${detail}`);
  if (status !== 400) return new Refused(`${title}. ${detail}`);
  return new UsageError(errors === undefined ? detail : errors.map((fault) => `${optionOf(fault.pointer)}: ${fault.message}.`).join('\n'));
}

/** The option that a member or parameter of the API is given by: `--as-of` for `/asOf`. */
function optionOf(pointer: string): string {
  const member = pointer.slice(pointer.lastIndexOf('/') + 1);
  return `--${member.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
