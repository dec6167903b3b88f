import { kindOfLine, type CompiledRulebook } from '#rulebook';
import { rejected, rejectedAt, type Rejected } from '../outcome/rejected.js';
import type { AttritionRequest } from '../requests/ledger-request.js';

/** Why attrition cannot be recorded on a line, if it cannot; `now` in milliseconds. */
export function checkAttrition(
  rulebook: CompiledRulebook,
  line: string,
  { occurredAt, milliTpp }: AttritionRequest,
  now: number,
): Rejected | undefined {
  if (kindOfLine(line) !== 'nveu' || rulebook.document.policy.readings.nveuAttrition?.value !== 'gives-back') {
    return rejected(
      'attrition-not-credited',
      `On ${line} attrition gives nothing back: only what a validated end user has installed in a country is counted at a time.`,
    );
  }
  if (occurredAt > now) return rejectedAt('invalid-request', '/occurredAt', 'Attrition is recorded once it has happened: occurredAt is in the future.');
  if (milliTpp === 0) return rejectedAt('invalid-request', '/tpp', 'tpp must be more than 0.');
  return undefined;
}

/** There is no such line, or nobody's: nothing was ever recorded on it, and its company is not registered. */
export function noSuchLine(line: string): Rejected {
  if (kindOfLine(line) === undefined) return rejected('line-not-found', `There is no quota line ${line}.`);
  return rejected('line-not-found', `Nothing was recorded on ${line}, and no company of that name is registered.`);
}
