/** The middle one of an odd number of rounds. */
export function medianOf(rounds: readonly number[]): number {
  return [...rounds].sort((a, b) => a - b)[rounds.length >> 1] ?? 0;
}
