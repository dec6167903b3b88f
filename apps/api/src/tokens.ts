/** What the controllers are given, besides classes. */
export const STORE = Symbol('EventStore');
export const VIEWS = Symbol('Views');
export const CLOCK = Symbol('Clock');
export const DEMO = Symbol('Demo');
export const METRICS = Symbol('Metrics');
