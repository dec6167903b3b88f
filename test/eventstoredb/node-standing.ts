/**
 * How a node stands to the others of its cluster and to its clients.
 * - `in-touch`: all is well.
 * - `cut-off`: its peers are out of reach and it has not noticed. A leader answers reads with what it had; its appends time out.
 * - `retired`: it has noticed. It answers every call with "Server Is Not Ready" and knows of no leader.
 * - `catching-up`: it was elected and its index lacks the newest events. It answers reads, and takes no appends yet.
 * - `mute`: nothing that is sent to it arrives, and nothing comes from it. Connections stay open.
 */
export type NodeStanding = 'in-touch' | 'cut-off' | 'retired' | 'catching-up' | 'mute';

/** The standing of each node, and up to which position it can be read. */
export class NodeStandings {
  readonly #nodes = new Map<number, { readonly standing: NodeStanding; readonly horizon: number }>();

  /** @param horizon the position of the newest event that this node has; left out: it has them all */
  set(index: number, standing: NodeStanding, horizon = Infinity): void {
    this.#nodes.set(index, { standing, horizon });
  }

  of(index: number): NodeStanding {
    return this.#nodes.get(index)?.standing ?? 'in-touch';
  }

  horizonOf(index: number): number {
    return this.#nodes.get(index)?.horizon ?? Infinity;
  }

  clear(): void {
    this.#nodes.clear();
  }
}
