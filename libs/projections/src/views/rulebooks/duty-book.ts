import { CompiledRoute, type Route, type Rulebook } from '#rulebook';

/** The duties of every rulebook that was adopted, by its hash. */
export class DutyBook {
  readonly #routes = new Map<string, ReadonlyMap<string, CompiledRoute>>();

  /** The document is one that was checked when it was adopted; no part of it but its routes is looked at. */
  adopt(hash: string, { routes = {}, policy }: Rulebook): void {
    const isNoticeAbove = policy.readings.lppNoticeAt?.value === 'above';
    const compiled = Object.entries(routes).map(
      ([name, settings]) => [name, new CompiledRoute(settings, isNoticeAbove)] as const,
    );
    this.#routes.set(hash, new Map(compiled));
  }

  /** Undefined without a route, and for a rulebook that the log does not have: then nothing is owed that could be named. */
  route(hash: string, route: Route): CompiledRoute | undefined {
    return this.#routes.get(hash)?.get(route);
  }
}
