import { getSystemErrorMap } from 'node:util';

/** An error for people, without a full stop: what the system says of `ENOSPC` is `no space left on device`. */
export function systemErrorText(error: unknown): string {
  const { errno, message } = error as Partial<NodeJS.ErrnoException>;
  const [, text] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  return text ?? (message ?? String(error)).replace(/\.$/, '');
}
