import { nameOf } from './append-request.js';
import { type EventRecord } from './event-record.js';
import { type Fault } from './faults.js';
import { FrameWriter, type ReadCall } from './frame-writer.js';
import { eventFrame, notFoundFrame } from './frames.js';
import { type ReadReq } from './protocol.js';
import { serverErrors, type CallFailure } from './server-errors.js';
import { refusalOf, type ServingNode } from './serving-node.js';
import { serveSubscription } from './subscription.js';

/** Read: of a stream or of $all, forwards or backwards, to an end or for ever. */
export function serveRead(node: ServingNode, call: ReadCall): void {
  const options = call.request.getOptions();
  const writer = new FrameWriter(call, node.calls, options?.hasSubscription() === true ? 'subscriptions' : 'reads');
  const refusal = refusalOf(node, call);
  if (refusal !== undefined || options === undefined || (options.hasFilter() && !options.hasSubscription())) {
    writer.fail(refusal ?? serverErrors.unimplemented('reads with a filter'));
    return;
  }
  const fault = node.faults.strike(options.hasSubscription() ? 'subscribe' : 'read', nameOf(options.getStream()));
  const serve = (): void => {
    if (!writer.isOpen || isPrevented(node, call, writer, fault)) return;
    const served = options.hasSubscription()
      ? serveSubscription(node, call, options, writer)
      : readToEnd(node, call, options, writer, fault);
    served.catch((error: unknown) => writer.fail(error as Error));
  };
  if (fault?.kind === 'delay') setTimeout(serve, fault.delayMs);
  else serve();
}

function isPrevented(node: ServingNode, call: ReadCall, writer: FrameWriter, fault: Fault | undefined): boolean {
  switch (fault?.kind) {
    case 'hang':
      return true;
    case 'drop-before':
      node.cut(call);
      return true;
    case 'refuse':
    case 'fail':
    case 'not-leader':
    case 'not-ready':
    case 'shut-down':
      writer.fail(failureOf(node, fault));
      return true;
    default:
      return false;
  }
}

function failureOf(node: ServingNode, fault: Fault): CallFailure {
  switch (fault.kind) {
    case 'fail':
      return serverErrors.failed(fault.code);
    case 'not-leader':
      return serverErrors.notLeader(node.leader());
    case 'not-ready':
      return serverErrors.notReady();
    case 'shut-down':
      return serverErrors.shutDown();
    default:
      return serverErrors.refused();
  }
}

/** Events to read: those of `events` from index `next` in steps of `step`, while they are at `first` or behind. */
interface Range {
  readonly events: readonly EventRecord[];
  readonly next: number;
  readonly step: 1 | -1;
  readonly first: number;
}

async function readToEnd(
  node: ServingNode,
  call: ReadCall,
  options: ReadReq.Options,
  writer: FrameWriter,
  fault: Fault | undefined,
): Promise<void> {
  const range = options.hasStream() ? streamRange(node, options) : allRange(node, options);
  if (range === 'not-found') writer.write(notFoundFrame(nameOf(options.getStream())));
  else if ('code' in range) return writer.fail(range);
  else {
    let left = Number(options.getCount());
    if (fault?.kind === 'drop-after') left = Math.floor(Math.min(left, sizeOf(range)) / 2);
    await send(range, left, options.getUuidOption()?.hasStructured() === true, writer);
    if (fault?.kind === 'drop-after') return node.cut(call);
  }
  if (writer.isOpen) writer.end();
}

async function send({ events, next, step, first }: Range, count: number, structuredIds: boolean, writer: FrameWriter): Promise<void> {
  let left = count;
  for (let index = next; left > 0 && index >= first && writer.isOpen; index += step) {
    const event = events[index];
    if (event === undefined) return;
    if (!writer.write(eventFrame(event, structuredIds))) await writer.drained();
    left -= 1;
  }
}

function sizeOf({ events, next, step, first }: Range): number {
  return step === 1 ? Math.max(0, events.length - Math.max(next, first)) : Math.max(0, next - first + 1);
}

function streamRange(node: ServingNode, options: ReadReq.Options): Range | 'not-found' | CallFailure {
  const wanted = options.getStream();
  const name = nameOf(wanted);
  const { events, limits, isTombstoned } = node.log.stream(name);
  if (isTombstoned) return serverErrors.streamDeleted(name);
  if (node.countOf(events) === 0 || limits.isSoftDeleted) return 'not-found';
  const first = limits.firstRevision(events);
  const last = node.countOf(events) - 1;
  const asked = wanted?.hasRevision() === true ? Number(wanted.getRevision()) : wanted?.hasEnd() === true ? Infinity : 0;
  if (isBackwards(options)) return { events, next: Math.min(asked, last), step: -1, first };
  return { events: last + 1 === events.length ? events : events.slice(0, last + 1), next: asked === Infinity ? last + 1 : Math.max(asked, first), step: 1, first };
}

/** Forwards a position is that of the first event wanted, backwards that of the first event that is not wanted. */
function allRange(node: ServingNode, options: ReadReq.Options): Range | CallFailure {
  const { log } = node;
  const count = node.countOf(log.records);
  const events = count === log.records.length ? log.records : log.records.slice(0, count);
  const wanted = options.getAll();
  let index = wanted?.hasEnd() === true ? count : 0;
  const position = wanted?.getPosition();
  if (position !== undefined) {
    const commit = Number(position.getCommitPosition());
    if (!log.isReadable(commit)) return serverErrors.invalidReadPosition();
    index = Math.min(count, log.indexFrom(commit));
  }
  return isBackwards(options) ? { events, next: index - 1, step: -1, first: 0 } : { events, next: index, step: 1, first: 0 };
}

function isBackwards(options: ReadReq.Options): boolean {
  return Number(options.getReadDirection()) === 1;
}
