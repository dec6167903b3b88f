import { setTimeout as delay } from 'node:timers/promises';
import type { LogEvent } from './log-check.js';
import type { Random, Sent, Workload } from './workload.js';

/** Sends again what nobody knows the outcome of, until that is known: that is what a caller does. */
export async function resolveUnknown(workload: Workload, ports: readonly number[]): Promise<void> {
  for (const [index, sent] of workload.sent.entries()) {
    for (let turn = index; sent.answer === undefined; turn += 1) {
      const answer = await workload.send(ports[turn % ports.length] as number, sent);
      if (answer.status !== 503) sent.answer = answer;
      else await delay(50);
    }
  }
}

/**
 * Every recorded answer is given again, for ever.
 * @param mayDoubt whether an instance may be in doubt, for a while, about what another one knows already
 */
export async function expectSameAnswers(workload: Workload, port: number, commands: readonly Sent[], mayDoubt = false): Promise<void> {
  for (const sent of commands) {
    const { answer } = sent;
    if (!answer?.recorded) continue;
    let again = await workload.send(port, sent);
    while (again.status === 503 && mayDoubt) {
      await delay(50);
      again = await workload.send(port, sent);
    }
    expect({ path: sent.path, status: again.status, body: again.body, replayed: again.replayed }).toEqual({
      path: sent.path,
      status: answer.status,
      body: answer.body,
      replayed: true,
    });
  }
}

export function sampleOf(sent: readonly Sent[], random: Random, size: number): readonly Sent[] {
  return Array.from({ length: size }, () => random.pick(sent));
}

export async function readLog(port: number): Promise<readonly LogEvent[]> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/events`, { headers: { accept: 'application/x-ndjson' } });
  const text = await response.text();
  return text.trim().split('\n').map((line) => JSON.parse(line) as LogEvent);
}
