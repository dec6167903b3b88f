import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the build leaves the dashboard. */
const folder = fileURLToPath(new URL('../../../../dashboard/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
};

/** A file of the dashboard, also as the build has packed it. */
export interface DashboardFile {
  readonly type: string;
  readonly etag: string;
  /** By content coding; `identity` is the file itself. */
  readonly codings: Readonly<Record<'br' | 'gzip' | 'identity', Buffer>>;
}

/** The page and its assets, in memory: an upgrade on the disk does not mix two builds. */
export class DashboardFiles {
  readonly page: DashboardFile;
  /** By name. A name changes with the content. */
  readonly assets: ReadonlyMap<string, DashboardFile>;

  /** @throws Error if the build has left no dashboard */
  constructor(from = folder) {
    const assets = join(from, 'assets');
    if (!existsSync(assets)) throw new Error(`There is no dashboard in ${from}: run npm run build.`);
    const names = readdirSync(assets).filter((name) => !/\.(?:br|gz)$/.test(name));
    this.page = fileOf(join(from, 'index.html'));
    this.assets = new Map(names.map((name) => [name, fileOf(join(assets, name))]));
  }
}

function fileOf(path: string): DashboardFile {
  const identity = readFileSync(path);
  return {
    type: types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    etag: `"${hash('sha256', identity, 'base64url').slice(0, 22)}"`,
    codings: { identity, br: readFileSync(`${path}.br`), gzip: readFileSync(`${path}.gz`) },
  };
}
