import type { Position } from '#ledger';

/** One server-sent event, ready to be written. */
export interface Message {
  readonly type: 'country' | 'alert' | 'head';
  readonly country: string | null;
  readonly position: Position;
  readonly text: string;
}

export function eventText(type: string, position: Position, data: object): string {
  return `event: ${type}\nid: ${position}\ndata: ${JSON.stringify(data)}\n\n`;
}
