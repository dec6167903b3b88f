import type { ComponentType } from 'preact';

/** A page of the dashboard: its code is loaded when it is first opened. */
export interface Page {
  /** `/app/countries/:code`: what stands for `:code` is handed to the page. */
  readonly path: string;
  readonly title: string;
  /** Its name in the navigation; left out: it is reached from another page. */
  readonly nav?: string;
  /** The key that opens it after `g`. */
  readonly key?: string;
  readonly load: () => Promise<{ readonly Page: ComponentType<PageProps> }>;
}

export interface PageProps {
  /** What the path names. */
  readonly named: Readonly<Record<string, string>>;
}

/** Every page, in the order of the navigation. A new page is a folder in pages/ and an entry here. */
export const pages: readonly Page[] = [
  { path: '/', title: 'Overview', nav: 'Overview', key: 'o', load: () => import('./pages/overview/overview.js') },
  { path: '/app/map', title: 'Where', key: 'm', load: () => import('./pages/map/map.js') },
  { path: '/app/glance', title: 'Small charts', key: 'c', load: () => import('./pages/glance/glance.js') },
  { path: '/app/lines', title: 'Lines of companies', nav: 'Lines', key: 'n', load: () => import('./pages/lines/lines.js') },
  { path: '/app/lines/:line', title: 'Line', load: () => import('./pages/lines/line.js') },
  { path: '/app/alerts', title: 'Alerts', nav: 'Alerts', key: 'a', load: () => import('./pages/alerts/alerts.js') },
  { path: '/app/activity', title: 'Activity', nav: 'Activity', key: 'l', load: () => import('./pages/activity/activity-page.js') },
  { path: '/app/time', title: 'Time travel', nav: 'Time travel', key: 't', load: () => import('./pages/time/time.js') },
  { path: '/app/may-i-ship', title: 'May I ship?', nav: 'May I ship?', key: 's', load: () => import('./pages/may-i-ship/may-i-ship.js') },
  { path: '/app/rules', title: 'Rules', nav: 'Rules', key: 'r', load: () => import('./pages/rules/rules.js') },
  { path: '/app/rules/calculator', title: 'TPP calculator', load: () => import('./pages/rules/calculator.js') },
  { path: '/app/rules/chips/:id', title: 'Chip', load: () => import('./pages/rules/chip.js') },
  { path: '/app/obligations', title: 'Obligations and reports', nav: 'Obligations', key: 'b', load: () => import('./pages/obligations/obligations.js') },
  { path: '/app/reports/:name', title: 'Report', load: () => import('./pages/obligations/report.js') },
  { path: '/app/countries/:code', title: 'Country', load: () => import('./pages/country/country.js') },
  { path: '/app/health', title: 'System health', load: () => import('./pages/health/health.js') },
  { path: '/app/words', title: 'Words', key: 'w', load: () => import('./pages/words/words.js') },
];

export interface Found {
  readonly page: Page;
  readonly named: Readonly<Record<string, string>>;
}

/** The page at a path; undefined if there is none. */
export function pageAt(path: string, all: readonly Page[] = pages): Found | undefined {
  for (const page of all) {
    const named = namesIn(page.path, path);
    if (named) return { page, named };
  }
  return undefined;
}

function namesIn(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const [expected, parts] = [pattern.split('/'), path.split('/')];
  if (expected.length !== parts.length) return undefined;
  const named: Record<string, string> = {};
  for (const [index, name] of expected.entries()) {
    const part = parts[index] ?? '';
    if (name.startsWith(':')) named[name.slice(1)] = decoded(part);
    else if (name !== part) return undefined;
  }
  return named;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
