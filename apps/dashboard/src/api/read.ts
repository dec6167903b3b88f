/** The ledger refused a read, or could not be reached: `status` 0. */
export class NotRead extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** Whether it is for others to see. */
  get isPrivate(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** Whether the same read may succeed in a moment. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The newest position that any figure on the page reflects. Reads ask for no older one, so figures never go back. */
let shownPosition = 0;

/** Notes a position that the page shows from now on. */
export function positionShown(position: string | number): void {
  shownPosition = Math.max(shownPosition, Number(position));
}

/**
 * Reads JSON of the API, no older than what the page shows already.
 * @throws NotRead
 */
export function read<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  const newest = shownPosition > 0 && { 'min-position': String(shownPosition) };
  return answered(path, { headers: { accept: 'application/json', ...newest }, ...(signal && { signal }) });
}

/**
 * Asks a question that takes a body and records nothing.
 * @throws NotRead
 */
export function ask<Answer>(path: string, body: object): Promise<Answer> {
  return answered(path, { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/**
 * Has something recorded. The same key records it once, however often it is sent.
 * @throws NotRead
 */
export function send<Answer>(path: string, idempotencyKey: string, body: object = {}): Promise<Answer> {
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
  return answered(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function answered<Answer>(path: string, request: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    throw new NotRead(0, error instanceof Error ? error.message : 'The ledger cannot be reached.');
  }
  if (!response.ok) throw new NotRead(response.status, await detailOf(response));
  positionShown(response.headers.get('ledger-position') ?? 0);
  return (await response.json()) as Answer;
}

async function detailOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { readonly detail?: string };
  return problem.detail ?? `The ledger answered ${response.status}.`;
}
