import { kindOfLine, type CompiledRulebook } from '#rulebook';
import { rejected, type Rejected } from './ledger-outcome.js';
import type { AttritionRequest } from './ledger-request.js';

/** Why attrition cannot be recorded on a line, if it cannot; `now` in milliseconds. */
export function checkAttrition(
  rulebook: CompiledRulebook,
  line: string,
  { occurredAt, milliTpp }: AttritionRequest,
  now: number,
): Rejected | undefined {
  const kind = kindOfLine(line);
  if (kind === undefined) return rejected('line-not-found', `There is no quota line ${line}.`);
  if (kind !== 'nveu' || rulebook.document.policy.readings.nveuAttrition?.value !== 'gives-back') {
    return rejected(
      'attrition-not-credited',
      `On ${line} attrition gives nothing back: only what a validated end user has installed in a country is counted at a time.`,
    );
  }
  if (occurredAt > now) return at('/occurredAt', 'Attrition is recorded once it has happened: occurredAt is in the future.');
  if (milliTpp === 0) return at('/tpp', 'tpp must be more than 0.');
  return undefined;
}

function at(pointer: string, message: string): Rejected {
  return { ...rejected('invalid-request', message), errors: [{ pointer, message }] };
}
