import type { Reason, RouteConsidered, Shipment } from '../determination.js';
import { refusal, type Refusal } from './found.js';

const noReasons: readonly Reason[] = [];

/** Codes with which a route says that it would serve the embargoed too if only something were stated or waited for. */
const curable: ReadonlySet<string> = new Set(['missing-fact', 'notice-too-short']);

/**
 * Why no route, or not the one asked for, serves the shipment. Where an embargo stands in the way that is the answer,
 * unless the route asked for would serve it with another fact.
 */
export function unserved(shipment: Shipment, routes: readonly RouteConsidered[], embargo: readonly Reason[]): Refusal {
  if (shipment.route === undefined) {
    if (embargo.length > 0) return refusal('no-allocation', [...embargo, ...wayOut(routes)]);
    return unservedFor(routes.at(-1)?.reasons ?? []);
  }
  const reasons = reasonsOf(shipment, routes);
  const isCurable = reasons.every(({ code }) => curable.has(code));
  if (embargo.length > 0 && !isCurable) return refusal('no-allocation', embargo);
  return unservedFor(reasons);
}

/** Whether it is the end of the allocations that stands in the way, or something of the route. */
function unservedFor(reasons: readonly Reason[]): Refusal {
  const isOutside = reasons.some(({ code }) => code === 'outside-quota-period');
  return refusal(isOutside ? 'outside-quota-period' : 'route-not-applicable', reasons);
}

/** What would have let the shipment leave all the same: the exception that only lacks a fact or a notice in time. */
function wayOut(routes: readonly RouteConsidered[]): readonly Reason[] {
  const nac = routes.find(({ route }) => route === 'nac')?.reasons ?? noReasons;
  return nac.every(({ code }) => curable.has(code)) ? nac : noReasons;
}

/** What the route that was asked for says of the shipment. */
export function reasonsOf({ route: asked }: Shipment, routes: readonly RouteConsidered[]): readonly Reason[] {
  const found = routes.find(({ route }) => route === asked);
  if (found !== undefined) return found.reasons;
  const text = `The rulebook knows no route '${asked ?? ''}'.`;
  return [{ code: 'unknown-route', text, citation: '15 CFR 742.6(a)(6)(iii)(A)' }];
}
