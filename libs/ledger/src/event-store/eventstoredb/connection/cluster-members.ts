import { type EndPoint } from '@eventstore/db-client';

/** For all nodes together to say who leads. A node that takes longer has no vote. */
const voteMs = 1_000;

/** The nodes of a cluster as one of them sees it. */
export interface MembersSeen {
  /** All nodes, whether they can be reached or not. */
  readonly nodes: readonly EndPoint[];
  readonly leader: EndPoint | undefined;
}

/** @throws if the node does not answer */
export type AskNode = (node: EndPoint, limitMs: number) => Promise<MembersSeen>;

/**
 * The known nodes of a cluster, and who leads it. All nodes are asked at once: a node that is cut off from the others
 * may call itself the leader for a while, or may not answer.
 */
export class ClusterMembers {
  readonly #known = new Map<string, EndPoint>();
  #asking: Promise<EndPoint | undefined> | undefined;

  constructor(
    hosts: readonly EndPoint[],
    private readonly ask: AskNode,
  ) {
    this.#add(hosts);
  }

  /** The node that most nodes name as the leader; undefined if none names one within a second. */
  leader(): Promise<EndPoint | undefined> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** The known nodes take turns. */
  inTurn(turn: number): EndPoint {
    const nodes = [...this.#known.values()];
    return nodes[turn % nodes.length] as EndPoint;
  }

  #ask(): Promise<EndPoint | undefined> {
    const asked = new Set<string>();
    const votes = new Map<string, { readonly leader: EndPoint; count: number }>();
    return new Promise((resolve) => {
      let waitingFor = 0;
      const decide = (): void => resolve([...votes.values()].sort((one, other) => other.count - one.count)[0]?.leader);
      const timer = setTimeout(decide, voteMs);
      const count = (leader: EndPoint | undefined): void => {
        waitingFor -= 1;
        const vote = leader && { leader, count: (votes.get(keyOf(leader))?.count ?? 0) + 1 };
        if (vote) votes.set(keyOf(vote.leader), vote);
        const isMajority = vote !== undefined && vote.count > this.#known.size / 2;
        if (!isMajority && waitingFor > 0) return;
        clearTimeout(timer);
        decide();
      };
      const askAll = (): void => {
        for (const [key, node] of this.#known) {
          if (asked.has(key)) continue;
          asked.add(key);
          waitingFor += 1;
          this.ask(node, voteMs).then(
            ({ nodes, leader }) => {
              // A node that is alone is where it was found, whatever it calls itself.
              const isAlone = nodes.length === 1;
              if (!isAlone) this.#add(nodes);
              askAll();
              count(leader && isAlone ? node : leader);
            },
            () => count(undefined),
          );
        }
      };
      askAll();
    });
  }

  #add(nodes: readonly EndPoint[]): void {
    for (const node of nodes) this.#known.set(keyOf(node), node);
  }
}

/** A node by its address. */
export function keyOf({ address, port }: EndPoint): string {
  return `${address}:${port}`;
}
