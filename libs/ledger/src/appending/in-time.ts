/**
 * What it resolves or rejects with; after `ms` milliseconds without either what `late` says, for `Infinity` never. One promise and one timer,
 * for every command passes here.
 */
export function inTime<Result, Late>(outcome: Promise<Result>, ms: number, late: () => Late): Promise<Result | Late> {
  if (ms === Infinity) return outcome;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late()), ms);
    const settle = (result: Result | Promise<Result>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    outcome.then(settle, () => settle(outcome));
  });
}
