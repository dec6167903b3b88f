import { Problem } from './problem.js';

/** Which methods each path has, so that a wrong method is told from a wrong path. */
export class AllowedMethods {
  readonly #routes: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];
  readonly #byPath = new Map<string, Set<string>>();

  /** @param path as Fastify writes it: `/v1/reservations/:id` */
  add(methods: string | readonly string[], path: string): void {
    const known = this.#byPath.get(path) ?? new Set();
    for (const method of [methods].flat()) known.add(method);
    if (this.#byPath.has(path)) return;
    this.#byPath.set(path, known);
    const pattern = path.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+');
    this.#routes.push({ pattern: new RegExp(`^${pattern}$`), methods: known });
  }

  /** The 405 or 404 for a request that no route took. */
  problemFor(method: string, url: string): Problem {
    const path = url.split('?')[0] ?? '';
    const methods = this.#routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]);
    if (methods.length === 0) return new Problem('not-found', `There is nothing at ${path.slice(0, 200)}.`);
    const allow = [...new Set(methods)].sort().join(', ');
    return new Problem(
      'method-not-allowed',
      `${method} is not possible at ${path.slice(0, 200)}, only ${allow}.`,
      {},
      { Allow: allow },
    );
  }
}
