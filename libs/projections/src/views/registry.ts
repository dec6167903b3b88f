import { alerts } from './alerts/alerts.js';
import { commands } from './commands/commands.js';
import { dailyUse } from './daily-use/daily-use.js';
import { entries } from './entries/entries.js';
import { lines } from './lines/lines.js';
import { obligations } from './obligations/obligations.js';
import { register } from './register/register.js';
import { reports } from './reports/reports.js';
import { rulebooks } from './rulebooks/rulebooks.js';
import { uncounted } from './uncounted/uncounted.js';
import { usage } from './usage/usage.js';
import { weightExports } from './weight-exports/weight-exports.js';

/** Every view. They open, fold and flush in this order: one that builds on another comes after it. */
export const registry = [
  rulebooks,
  register,
  commands,
  dailyUse,
  lines,
  alerts,
  entries,
  usage,
  obligations,
  reports,
  weightExports,
  uncounted,
] as const;

type Kind = (typeof registry)[number];
type Open = ReturnType<Kind['open']>;
type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer Every) => void ? Every : never;
type QuestionsOf<View> = View extends { readonly questions: infer Questions } ? Questions : never;
type NewsOf<View> = View extends { adopt(): infer News } ? News : never;
type SeenOf<Of> = Of extends { mirror(): { readonly seen: infer Seen } } ? Seen : never;

type Questions = All<QuestionsOf<Open>>;
export type QuestionName = keyof Questions;
export type QueryOf<Name extends QuestionName> = Questions[Name] extends (query: infer Query) => unknown ? Query : never;
export type AnswerOf<Name extends QuestionName> = Questions[Name] extends (query: never) => infer Answer ? Awaited<Answer> : never;

/** What a batch changed, as every view tells it. */
export type News = All<NewsOf<Open>>;
/** What is kept in memory of the views. */
export type Seen = All<SeenOf<Kind>>;
