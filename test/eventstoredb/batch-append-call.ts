import { type ServerDuplexStream } from '@grpc/grpc-js';
import { batchRequestOf, type AppendRequest } from './append-request.js';
import { batchAnswer } from './batch-answer.js';
import { isTooLarge, performAppend, type AppendVerdict } from './perform-append.js';
import { type BatchAnswer, type BatchAppendReq } from './protocol.js';
import { type ServingNode } from './serving-node.js';

export type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAnswer>;

/** The server gives a write no longer than this, whatever its caller allows. */
const writeTimeoutMs = 2_000;

interface Pending {
  readonly request: AppendRequest;
  readonly answered: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** BatchAppend: appends of many writers over one stream, each in one or more chunks, answered as they are done. */
export function serveBatchAppend(node: ServingNode, call: BatchCall): void {
  new BatchStream(node, call).serve();
}

class BatchStream {
  readonly #pending = new Map<string, Pending>();
  /** What is counted as open: the stream, and the appends that were not answered or never will be. */
  readonly #open = new Set<() => void>();
  #isOpen = true;

  constructor(
    private readonly node: ServingNode,
    private readonly call: BatchCall,
  ) {}

  serve(): void {
    const { call, node } = this;
    this.#open.add(node.calls.begin('batchStreams'));
    const refusal = node.unauthenticated(call);
    if (refusal !== undefined) {
      this.#fail(refusal);
      return;
    }
    call.on('cancelled', () => this.#close());
    call.on('close', () => this.#close());
    call.on('data', (chunk: BatchAppendReq) => this.#take(chunk));
    call.on('end', () => {
      this.#close();
      call.end();
    });
  }

  #close(): void {
    this.#isOpen = false;
    for (const pending of this.#pending.values()) clearTimeout(pending.timer);
    for (const ended of this.#open) ended();
  }

  #take(chunk: BatchAppendReq): void {
    if (!this.#isOpen) return;
    const id = chunk.getCorrelationId()?.getString() ?? '';
    const options = chunk.getOptions();
    if (options !== undefined && !this.#begin(id, options, chunk.getIsFinal())) return;
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    for (const message of chunk.getProposedMessagesList()) pending.request.add(message);
    if (!isTooLarge(this.node, pending.request) && !chunk.getIsFinal()) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    this.#perform(id, pending);
  }

  /** @returns whether the append may go on. */
  #begin(id: string, options: BatchAppendReq.Options, isComplete: boolean): boolean {
    const answered = this.node.calls.begin('appends');
    this.#open.add(answered);
    const pending: Pending = { request: batchRequestOf(options), answered, timer: undefined };
    if (!this.node.isKnown(this.call)) {
      this.#answer(id, pending, { kind: 'access-denied' });
      return false;
    }
    const leftMs = Math.min((options.getDeadline()?.toDate().getTime() ?? Infinity) - Date.now(), writeTimeoutMs);
    if (leftMs <= 0) {
      this.#answer(id, pending, { kind: 'timeout' });
      return false;
    }
    if (!isComplete) {
      pending.timer = setTimeout(() => {
        this.#pending.delete(id);
        this.#answer(id, pending, { kind: 'timeout' });
      }, leftMs);
    }
    this.#pending.set(id, pending);
    return true;
  }

  #perform(id: string, pending: Pending): void {
    const { node, call } = this;
    // Whoever opened the stream said for all of its appends whether it insists on the leader.
    const elsewhere = node.leader() === undefined ? undefined : node.elsewhere(call);
    if (elsewhere !== undefined) {
      this.#fail(elsewhere);
      return;
    }
    const fault = node.faults.strike('append', pending.request.stream);
    const act = (): void => {
      if (!this.#isOpen) return;
      const outcome = performAppend(node, pending.request, fault);
      if (outcome.act === 'answer') this.#answer(id, pending, outcome.verdict);
      else if (outcome.act === 'cut') node.cut(call);
      else if (outcome.act === 'fail') this.#fail(outcome.failure);
      else if (outcome.act === 'end') this.#end();
    };
    // A leader without its peers waits for them as long as it may.
    const delayMs = fault?.kind === 'delay' ? fault.delayMs : node.standing() === 'cut-off' ? writeTimeoutMs : undefined;
    if (delayMs === undefined) act();
    else setTimeout(act, delayMs);
  }

  #fail(failure: Error): void {
    this.#close();
    this.call.emit('error', failure);
  }

  #end(): void {
    this.#close();
    this.call.end();
  }

  #answer(id: string, { request, answered }: Pending, verdict: AppendVerdict): void {
    answered();
    this.#open.delete(answered);
    if (this.#isOpen) this.call.write(batchAnswer(id, request, verdict, this.node.options.maxAppendSize));
  }
}

