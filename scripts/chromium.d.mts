/** The browser that page tests run in; undefined if there is none. */
export function findChromium(): string | undefined;
/** Installs a browser where there is none. */
export function ensureChromium(): void;
