import { kindOfLine } from '#rulebook';
import type { JudgedCommand } from '../shipment/judge.js';

/**
 * Of an attempt to decide a request nobody knows what became of it, and the request does not lead to the line of that
 * attempt any more: this is the request as that line refuses it. Then nothing can come of the attempt, and it counts nowhere.
 */
export function refusedOn(line: string, { command }: JudgedCommand): JudgedCommand {
  if (command.type !== 'Reserve' && command.type !== 'ExportDirect') throw new Error(`A ${command.type} is not chosen between lines.`);
  const { shareLimits: _, determination, ...asked } = command;
  const kind = kindOfLine(line);
  const route = kind === undefined || kind === 'country' ? determination.route : kind;
  const refusal = { code: 'route-not-applicable', reasons: [abandoned(line)] } as const;
  return { line, command: { ...asked, determination: { ...determination, line, route, refusal } } };
}

function abandoned(line: string) {
  const text =
    `An earlier attempt to record this request on ${line} came to nothing that anybody knows of, and by now the request does not ` +
    'lead there any more. It is refused, so that it cannot count twice: send it again with another Idempotency-Key.';
  return { code: 'earlier-attempt-abandoned', text, citation: 'Quota Ledger: a request counts on one line at most' };
}
