import type { answersOf } from './file-answers.js';

/** What is asked of the views, by name: each is declared once, beside its answer. */
type Answers = ReturnType<typeof answersOf>;

export type QuestionName = keyof Answers;
export type QueryOf<Name extends QuestionName> = Parameters<Answers[Name]>[0];
export type AnswerOf<Name extends QuestionName> = Awaited<ReturnType<Answers[Name]>>;

/** A question on its way between threads; `rebuild` is an order, answered when it is done. */
export interface Question {
  readonly name: QuestionName | 'rebuild';
  readonly query?: unknown;
}
