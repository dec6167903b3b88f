import { deadlineMs } from '../dates/calendar-days.js';
import { instantMs } from '../dates/instant.js';
import type { Rulebook } from '../document/rulebook.js';
import { isOperations } from '../weights/operations.js';
import { optionalReadings, readingValues, type WeightsReadings } from '../weights/weights-rules.js';
import { day, instant, list, object, oneOf, text, wholeNumber, type Check } from './checks.js';
import { memberOf, type Problems } from './problems.js';

const citation = text();
const from = object({ from: instant, citation });
const by = object({ by: day, citation });
const fromOrBy: Check = (value, ...where) =>
  (typeof value === 'object' && value !== null && 'by' in value ? by : from)(value, ...where);

const operations: Check = (value, pointer, problems) => {
  if (typeof value === 'number' && isOperations(value)) return;
  problems.add(pointer, 'must be a whole number of operations from 0 to 1e30');
};

/** Whole, for operations are compared exactly. */
const percent = wholeNumber('percent', 0, 100);

const duty = object({
  paragraph: oneOf(['paragraph14', 'paragraph15', 'paragraph18']),
  code: text('a code in kebab case', /^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  text: text(),
  citation,
});

const reading = (values: readonly string[]): Check =>
  object({ value: oneOf(values), alternatives: list(oneOf(values), 20), reason: text(), citation });

function readingsOf(isAsked: (name: keyof WeightsReadings) => boolean): Readonly<Record<string, Check>> {
  const names = (Object.keys(readingValues) as (keyof WeightsReadings)[]).filter(isAsked);
  return Object.fromEntries(names.map((name) => [name, reading(readingValues[name])]));
}

/** The form of the member `weights`: the control of model weights. */
export const weightsShape = object({
  eccn: oneOf(['4E091']),
  citation,
  note: text(),
  inForce: from,
  compliance: from,
  facilitySecurity: fromOrBy,
  threshold: object({ operations, citation, countingCitation: citation }),
  syntheticData: object({ morePercent: percent, citation }),
  published: object({ citation }),
  derivative: object({ operations, percent, citation }),
  movingFloor: object({ citation, entries: list(object({ from: instant, operations, reason: text() }), 1000) }),
  directProduct: object({ origin: text(), foreign: text() }),
  licence: object({ requirement: text(), review: text(), partnerReview: text() }),
  deemedExport: object({ citation }),
  notAnExport: object({ citation }),
  aia: object({
    citation,
    facilityCitation: citation,
    duties: list(duty, 100),
    records: object({ text: text(), citation }),
  }),
  readings: object(readingsOf((name) => !optionalReadings.includes(name)), readingsOf((name) => optionalReadings.includes(name))),
});

/** What the members of `weights` say about each other; each must have its form already. */
export function checkWeights({ weights }: Rulebook, problems: Problems): void {
  if (weights === undefined) return;
  const { inForce, compliance, facilitySecurity, movingFloor, aia, readings } = weights;
  for (const [name, later] of Object.entries({ compliance, facilitySecurity })) {
    const [member, date] = 'by' in later ? (['by', later.by] as const) : (['from', later.from] as const);
    if ((deadlineMs(date) ?? NaN) >= msOf(inForce.from)) continue;
    problems.add(`/weights/${name}/${member}`, `must not be before inForce (${inForce.from}), and is ${date}`);
  }
  const starts = movingFloor.entries.map((entry) => msOf(entry.from));
  noneTwice(starts, '/weights/movingFloor/entries', 'from', problems);
  const codes = aia.duties.map(({ code }) => code);
  noneTwice(codes, '/weights/aia/duties', 'code', problems);
  for (const name of Object.keys(readingValues) as (keyof WeightsReadings)[]) {
    const { value, alternatives } = readings[name] ?? {};
    if (value === undefined || (alternatives as readonly string[]).includes(value)) continue;
    problems.add(`/weights/readings/${name}/alternatives`, `must name the value that is followed, ${value}`);
  }
}

/** Two entries with the same key would leave open which holds. */
function noneTwice(keys: readonly unknown[], pointer: string, member: string, problems: Problems): void {
  const first = new Map<unknown, number>();
  keys.forEach((key, index) => {
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else problems.add(`${memberOf(pointer, index)}/${member}`, `is that of ${memberOf(pointer, earlier)} too`);
  });
}

function msOf(moment: string): number {
  return instantMs(moment) ?? NaN;
}
