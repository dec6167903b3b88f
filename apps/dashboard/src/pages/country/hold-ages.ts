/** A reservation as far as its age matters. */
export interface Hold {
  readonly heldTpp: number;
  readonly createdAt: string;
  readonly expiresAt: string;
}

const dayMs = 86_400_000;

/** By days since the reservation; each up to the next one. */
export const ageGroups = [
  { fromDays: 0, text: 'under 30 days' },
  { fromDays: 30, text: '30 to 60' },
  { fromDays: 60, text: '60 to 90' },
  { fromDays: 90, text: 'over 90' },
] as const;

/** TPP held in each group of ages. */
export function heldByAge(holds: readonly Hold[], nowMs: number): readonly number[] {
  return ageGroups.map(({ fromDays }, index) => {
    const toDays = ageGroups[index + 1]?.fromDays ?? Infinity;
    const inGroup = holds.filter(({ createdAt }) => {
      const days = Math.max(0, (nowMs - Date.parse(createdAt)) / dayMs);
      return days >= fromDays && days < toDays;
    });
    return inGroup.reduce((sum, { heldTpp }) => sum + heldTpp, 0);
  });
}

/** How many holds end within a time. */
export function lapsingWithin(holds: readonly Hold[], nowMs: number, withinMs: number): number {
  return holds.filter(({ heldTpp, expiresAt }) => heldTpp > 0 && Date.parse(expiresAt) - nowMs < withinMs).length;
}
