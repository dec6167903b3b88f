import { styled, type Terminal } from '../terminal.js';
import { clusterAccess } from './cluster-access.js';
import { exportLog, fileSink, pipeSink, type LineSink } from './export-log.js';
import type { LogAccount } from './log-account.js';
import type { LogSource } from './log-source.js';
import { asFault, number } from './move-with-progress.js';
import { startMovingProgress } from './moving-progress.js';
import { openSource } from './open-source.js';
import { placeOf } from './place.js';

export interface ExportRequest {
  readonly from: string;
  /** `-`: standard output. */
  readonly out: string;
  readonly fromPrefix?: string;
  readonly workDir?: string;
  readonly json?: true;
}

/** What `quota export` does. What came of it is told on stderr where the events go to stdout. */
export async function writeExport({ from, out, fromPrefix, workDir, json }: ExportRequest, terminal: Terminal): Promise<void> {
  const place = placeOf(from, fromPrefix);
  let source: LogSource | undefined;
  let sink: LineSink | undefined;
  try {
    source = await openSource(place, clusterAccess(workDir, 'from', terminal));
    sink = out === '-' ? pipeSink(terminal) : await fileSink(out);
    const progress = startMovingProgress(terminal, 'Exporting', source.head);
    let account: LogAccount;
    try {
      account = await exportLog(source, sink, (position, events) => progress.update(position, events));
    } finally {
      progress.stop();
    }
    const writer = sink.name === undefined ? terminal.err : terminal.out;
    writer.write(json ? asJson(source, sink, account) : asText(source, sink, account, writer.hasColors));
  } catch (error) {
    throw asFault(error, 'damaged');
  } finally {
    await sink?.close();
    await source?.close();
  }
}

function asJson(source: LogSource, sink: LineSink, { events, streams, sha256 }: LogAccount): string {
  return `${JSON.stringify({ from: source.name, to: sink.name ?? '-', events, streams, sha256 })}\n`;
}

function asText(source: LogSource, sink: LineSink, { events, streams, sha256 }: LogAccount, colors: boolean): string {
  const to = sink.name === undefined ? '' : ` to ${sink.name}`;
  return (
    `${styled('Exported', 'green', colors)} ${number(events)} events of ${number(streams)} streams from ${source.name}${to}.\n` +
    `SHA-256 of their ids: ${sha256}\n`
  );
}
