import type { MessagePort } from 'node:worker_threads';
import type { Question, RunnerMessage } from '../runner/runner-message.js';

/** What the views thread starts with. */
export interface ViewsThreadData {
  /** Of the log. */
  readonly file: string;
  readonly directory: string;
  readonly port: MessagePort;
}

export type ToViews =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'hurry' }
  | { readonly type: 'release' }
  | { readonly type: 'close' };

export type FromViews =
  | RunnerMessage
  | { readonly type: 'explained'; readonly reason: string }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  /** An error loses its class on the way. */
  | { readonly type: 'refusal'; readonly id: number; readonly error: Error; readonly name: string };
