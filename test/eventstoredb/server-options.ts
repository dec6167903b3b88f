import type { Tls } from './tls.js';

export interface ServerOptions {
  /** Of the first node; 0, the default, takes a free one. */
  readonly port?: number;
  /** Of all nodes, instead of `port` and `nodes`. */
  readonly ports?: readonly number[];
  /** Endpoints over one log, of which one leads; 1 by default. */
  readonly nodes?: number;
  readonly tls?: Tls;
  /** Whoever does not bring these is denied. Clients send them over TLS only. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** What the server says it is; by default 24.10.4. Before 24 a live subscription is dropped that falls behind, be it by one commit of more than 32 events. */
  readonly version?: string;
  /** Bytes of one append; 1 MiB by default. */
  readonly maxAppendSize?: number;
  /** The server writes an event of its own after so many appends; by default 7, never if 0. */
  readonly systemEventsEvery?: number;
  /** Keeps the log on disk too, so that it outlives the process; read again at the start. */
  readonly logFile?: string;
}
