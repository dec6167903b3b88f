import type { Body, ProblemCode } from '#wire';
import { Refused, RefusedByRules, Unreachable, UsageError } from '../exit-code.js';
import { tppText } from '../table.js';
import { recordedRefusals } from './recorded-refusals.js';

/** A problem as a fault with its exit code: a value that the API cannot read is a wrong argument. */
export function problemFault(problem: Body<'Problem'>): UsageError | Refused | Unreachable {
  const { status, code, title, detail, errors } = problem;
  if (status >= 500) return new Unreachable(`${title}. ${detail}`);
  if (status === 400) {
    return new UsageError(errors === undefined ? detail : errors.map((fault) => `${optionOf(fault.pointer)}: ${fault.message.replace(/\.$/, '')}.`).join('\n'));
  }
  const message = [`${title}. ${detail}`, ...reasonsOf(problem), ...adviceOn(problem)].join('\n');
  return recordedRefusals.has(code) ? new RefusedByRules(message, problem) : new Refused(message, problem);
}

/** The option that a member, parameter or header of the API is given by: `--as-of` for `/asOf`. */
function optionOf(pointer: string): string {
  if (pointer === '/Idempotency-Key') return '--key';
  if (pointer.startsWith('/facts')) return `--facts ${pointer.slice('/facts'.length)}`.trim();
  const member = pointer
    .replace('/ultimateConsignee/ultimateParent', '/parent')
    .replace('/ultimateConsignee', '/consignee')
    .replace(/\/name$/, '')
    .replace(/^\/items\/\d+\//, '');
  return `--${member.replace(/^\//, '').replaceAll('/', '-').replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}

/** The paragraph of each reason, and its words where the detail does not have them. */
function reasonsOf({ detail, reasons = [] }: Body<'Problem'>): readonly string[] {
  const lines = reasons.map(({ text, citation }) => (detail.includes(text) ? `  see ${citation}` : `  ${text} (${citation})`));
  return [...new Set(lines)];
}

function adviceOn({ code, largestThatFits, reservationId }: Body<'Problem'>): readonly string[] {
  const advice = code === 'insufficient-quota' && largestThatFits ? `Up to ${tppText(largestThatFits)} TPP would pass.` : adviceByCode[code];
  const recorded = reservationId === undefined ? [] : [`The refusal is recorded as ${reservationId}.`];
  return [...(advice === undefined ? [] : [advice]), ...recorded];
}

/** What to do, where the detail does not say it. */
const adviceByCode: Readonly<Record<string, string>> = {
  'insufficient-quota': 'Nothing is left: see quota country, and quota release for holds that are no longer needed.',
  'route-not-applicable': 'Leave out --route and the rulebook picks one; --dry-run shows every route with its reasons.',
  'classification-unknown': 'Describe the item in a file (--items) with its dieAreaMm2, or with the eccn that is declared for it.',
  'idempotency-key-reused': 'Leave out --key to send this as a new request.',
  'reservation-closed': 'Make a new reservation (quota reserve), or ship without one (quota ship --destination ...).',
  'exceeds-hold': 'Ship at most what is held, and the rest without the reservation (quota ship --destination ...).',
} satisfies { readonly [Code in ProblemCode]?: string };
