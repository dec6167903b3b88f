/** What a reader of a rulebook should look at: an error stops the start, a warning does not. */
export interface RulebookFinding {
  readonly severity: 'error' | 'warning';
  /** A stable code: `schedule-goes-down`. */
  readonly code: string;
  /** A JSON pointer (RFC 6901), empty for the whole document. */
  readonly member: string;
  readonly message: string;
}

export function warning(code: string, member: string, message: string): RulebookFinding {
  return { severity: 'warning', code, member, message };
}
