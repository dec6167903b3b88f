/** The log cannot be used as it is. The message names the file and what to do; nothing was written. */
export class LogUnreadable extends Error {
  override readonly name = 'LogUnreadable';

  constructor(
    readonly path: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${problem}`, options);
  }
}
