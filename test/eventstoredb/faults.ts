/** What a client calls. `append` is both ways of appending, `subscribe` the reads that never end. */
export type Method = 'append' | 'read' | 'subscribe' | 'gossip' | 'features';

/**
 * What goes wrong.
 * - `refuse`: UNAVAILABLE, nothing done. `fail`: the same with the status of `code`.
 * - `hang`: accepted, nothing done, never answered.
 * - `delay`: served after `delayMs`.
 * - `drop-before`: the connection is cut before anything is done; `drop-after`: once a write took effect, or amid a
 *   read or a subscription.
 * - `lose-answer`: a write takes effect and is never answered.
 * - `not-leader`: another node is said to lead. `not-ready`: "Server Is Not Ready", in the batch's answer if it is one.
 * - `timeout`: a write is answered by Timeout and was not done; `timeout-after`: it was.
 * - `wrong-version`: a write is refused as if its expectation were wrong.
 * - `end`: a batch stream or a subscription ends as if all were well. `shut-down`: it is cancelled by the server.
 * - `too-slow`: a subscription is dropped as "Consumer too slow". `silence`: it stays open and brings nothing any more.
 * - `no-leader`: gossip knows members, none of which leads.
 */
export type FaultKind = (typeof faultsOf)[Method][number];

/** What may happen to a call of each kind. */
export const faultsOf = {
  append: [
    ...(['refuse', 'fail', 'hang', 'delay', 'drop-before', 'drop-after', 'lose-answer', 'not-leader', 'not-ready'] as const),
    ...(['timeout', 'timeout-after', 'wrong-version', 'end', 'shut-down'] as const),
  ],
  read: ['refuse', 'fail', 'hang', 'delay', 'drop-before', 'drop-after', 'not-leader', 'not-ready', 'shut-down'],
  subscribe: [
    ...(['refuse', 'fail', 'hang', 'delay', 'drop-before', 'drop-after', 'not-leader', 'not-ready'] as const),
    ...(['end', 'shut-down', 'too-slow', 'silence'] as const),
  ],
  gossip: ['refuse', 'fail', 'hang', 'delay', 'drop-before', 'not-ready', 'no-leader'],
  features: ['refuse', 'fail', 'hang', 'delay', 'drop-before', 'not-ready'],
} as const;

export interface Fault {
  readonly kind: FaultKind;
  readonly on: Method | readonly Method[];
  /** For so many calls; 1 where neither this nor a time is given. Infinity: until it is lifted. */
  readonly times?: number;
  /** For so long, in milliseconds; without `times` for every call until then. */
  readonly forMs?: number;
  /** Of a `delay`. */
  readonly delayMs?: number;
  /** Of a `fail`: a status of gRPC. */
  readonly code?: number;
  /** Only for streams whose name begins so; it matters to appends and reads of a stream. */
  readonly stream?: string;
}

/** What strikes subscriptions that are open already; everything else strikes a call when it arrives. */
const strikesOpenSubscriptions: ReadonlySet<FaultKind> = new Set(['drop-after', 'end', 'shut-down', 'too-slow', 'silence']);

interface Injected {
  readonly fault: Fault;
  readonly methods: readonly Method[];
  readonly endsAt: number;
  left: number;
  struck: number;
}

/** The faults of a server. Those that were injected first strike first. */
export class Faults {
  readonly #injected = new Map<number, Injected>();
  readonly #struck = new Map<number, number>();
  readonly #listeners = new Set<() => void>();
  #lastId = 0;

  /**
   * Some faults of subscriptions strike one that is open, at once; without any they wait for the next.
   * @returns what `lift` and `struck` take.
   * @throws if this cannot happen to such a call.
   */
  inject(fault: Fault): number {
    const methods = typeof fault.on === 'string' ? [fault.on] : fault.on;
    for (const method of methods) {
      const possible: readonly FaultKind[] = faultsOf[method];
      if (!possible.includes(fault.kind)) throw new Error(`No ${method} can ${fault.kind}: it is one of ${possible.join(', ')}.`);
    }
    const id = (this.#lastId += 1);
    this.#injected.set(id, {
      fault,
      methods,
      endsAt: fault.forMs === undefined ? Infinity : performance.now() + fault.forMs,
      left: fault.times ?? (fault.forMs === undefined ? 1 : Infinity),
      struck: 0,
    });
    for (const listen of this.#listeners) listen();
    return id;
  }

  /** Ends a fault, or all of them. What a fault has done is not undone: a silenced subscription stays silent. */
  lift(id?: number): void {
    for (const [injectedId, injected] of [...this.#injected]) {
      if (id === undefined || id === injectedId) this.#remove(injectedId, injected);
    }
  }

  /** How often a fault has struck. */
  struck(id: number): number {
    return this.#injected.get(id)?.struck ?? this.#struck.get(id) ?? 0;
  }

  /** The fault that strikes this call, if any does. */
  strike(method: Method, stream = ''): Fault | undefined {
    return this.#injected.size === 0
      ? undefined
      : this.#take((fault) => (method !== 'subscribe' || !strikesOpenSubscriptions.has(fault.kind)), method, stream);
  }

  /** The fault that strikes a subscription that is open. */
  strikeOpenSubscription(): Fault | undefined {
    return this.#injected.size === 0 ? undefined : this.#take((fault) => strikesOpenSubscriptions.has(fault.kind), 'subscribe', '');
  }

  /** Calls back after each injection until the returned function is called. */
  onInjected(listen: () => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  #take(mayStrike: (fault: Fault) => boolean, method: Method, stream: string): Fault | undefined {
    const now = performance.now();
    for (const [id, injected] of this.#injected) {
      if (now >= injected.endsAt) {
        this.#remove(id, injected);
        continue;
      }
      const { fault } = injected;
      if (!injected.methods.includes(method) || !mayStrike(fault) || !stream.startsWith(fault.stream ?? '')) continue;
      injected.struck += 1;
      injected.left -= 1;
      if (injected.left <= 0) this.#remove(id, injected);
      return fault;
    }
    return undefined;
  }

  #remove(id: number, { struck }: Injected): void {
    this.#injected.delete(id);
    this.#struck.set(id, struck);
  }
}
