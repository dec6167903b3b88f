/** Why an item cannot be taken. `member` is the member's name in the HTTP contract, such as `tppPerUnit`, or its path. */
export interface ItemProblem {
  readonly problem: 'unknown-chip' | 'classification-unknown' | 'invalid';
  readonly member: ItemMember | `circuits/${number}/${ItemMember}`;
  readonly message: string;
}

type ItemMember =
  | 'chip'
  | 'description'
  | 'eccn'
  | 'quantity'
  | 'tppPerUnit'
  | 'dieAreaMm2'
  | 'datacenter'
  | 'circuits';

export function invalid(member: ItemProblem['member'], message: string): ItemProblem {
  return problem('invalid', member, message);
}

export function problem(kind: ItemProblem['problem'], member: ItemProblem['member'], message: string): ItemProblem {
  return { problem: kind, member, message };
}
