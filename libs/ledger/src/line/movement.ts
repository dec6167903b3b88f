import type { Counted } from '../events/line-parts.js';

/** What a hold or an export takes of a line, or gives back: thousandths of TPP, negative where it gives back. */
export interface Movement {
  readonly exported: number;
  readonly reserved: number;
}

export const noMovement: Movement = { exported: 0, reserved: 0 };

/** A hold of this size, or one that grows by it. What counts at its licence is never given back. */
export function takenBy(amount: number, { countedAt }: Counted): Movement {
  return countedAt === 'licence' ? { exported: Math.max(0, amount), reserved: 0 } : { exported: 0, reserved: amount };
}

/** An export of a hold, which gives up the rest with it if it is final. What counted at its licence did so before. */
export function leftOfHold(debited: number, givenUp: number, { countedAt }: Counted): Movement {
  return countedAt === 'licence' ? noMovement : { exported: debited, reserved: 0 - debited - givenUp };
}

/** An export of a hold on a line that counts it besides its own, of which the line still has `reserved`. */
export function leftElsewhere(exported: number, reserved: number, final: boolean): Movement {
  return { exported, reserved: 0 - (final ? reserved : Math.min(reserved, exported)) };
}
