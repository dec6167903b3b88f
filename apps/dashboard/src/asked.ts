/** Reads from an address what has to be one of given values. What cannot be counts as left out and is named in `wrong`, for people. */
export function chooserOf(query: URLSearchParams): {
  readonly oneOf: <Value extends string>(name: string, values: readonly Value[], otherwise: Value) => Value;
  readonly wrong: string[];
} {
  const wrong: string[] = [];
  const oneOf = <Value extends string>(name: string, values: readonly Value[], otherwise: Value): Value => {
    const given = query.get(name);
    const value = values.find((each) => each === given);
    if (given !== null && value === undefined) wrong.push(`${name}=${given}`);
    return value ?? otherwise;
  };
  return { oneOf, wrong };
}
