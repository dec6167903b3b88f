import type { Views } from '../views.js';

/** What is asked of the views and answered from their file. */
export type Questions = Pick<
  Views,
  | 'reservations'
  | 'reservation'
  | 'exports'
  | 'export'
  | 'weightExports'
  | 'weightExport'
  | 'alerts'
  | 'alert'
  | 'obligations'
  | 'obligation'
  | 'report'
  | 'shareMeasurements'
  | 'lineDays'
  | 'thresholdTimesAt'
  | 'rebuild'
>;

export type QuestionName = keyof Questions;

/** A question on its way between threads. */
export interface Question {
  readonly name: QuestionName;
  readonly values: readonly unknown[];
}

/** Puts a question to whoever can answer it. */
export function ask<Name extends QuestionName>(
  questions: Pick<Questions, Name>,
  { name, values }: Question & { readonly name: Name },
): Promise<unknown> {
  const answer = questions[name] as (...values: readonly unknown[]) => Promise<unknown>;
  return answer.apply(questions, [...values]);
}
