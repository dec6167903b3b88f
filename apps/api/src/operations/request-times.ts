const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const;

interface Times {
  readonly buckets: number[];
  count: number;
  seconds: number;
}

/**
 * How long requests took, by method, route and class of status. Counted in plain arrays, for prom-client's histogram
 * hashes its labels on each observation, and printed in its format.
 */
export class RequestTimes {
  readonly #byRoute = new Map<string, Times>();

  /** @param route the pattern, as /v1/reservations/:id, so that there are few of them */
  observe(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${Math.floor(status / 100)}`;
    let times = this.#byRoute.get(key);
    if (times === undefined) {
      times = { buckets: bucketsSeconds.map(() => 0), count: 0, seconds: 0 };
      this.#byRoute.set(key, times);
    }
    times.count += 1;
    times.seconds += seconds;
    for (let at = bucketsSeconds.length - 1; at >= 0 && seconds <= (bucketsSeconds[at] ?? 0); at -= 1) {
      times.buckets[at] = (times.buckets[at] ?? 0) + 1;
    }
  }

  /** In the text format of Prometheus. */
  text(): string {
    const name = 'ledger_http_request_seconds';
    const lines = [`# HELP ${name} Time from the request to the end of its answer.`, `# TYPE ${name} histogram`];
    for (const [key, { buckets, count, seconds }] of this.#byRoute) {
      const [method, route, status] = key.split(' ');
      const labels = `method="${method}",route="${route}",status="${status}xx"`;
      bucketsSeconds.forEach((bound, at) => lines.push(`${name}_bucket{${labels},le="${bound}"} ${buckets[at]}`));
      lines.push(
        `${name}_bucket{${labels},le="+Inf"} ${count}`,
        `${name}_sum{${labels}} ${seconds}`,
        `${name}_count{${labels}} ${count}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }
}
