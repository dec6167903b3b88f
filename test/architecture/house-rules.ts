import type { SourceFile } from './source-file.js';

/** Each rule answers what breaks it: one sentence per offence that names the file. */
export type HouseRule = (sources: readonly SourceFile[]) => readonly string[];

/** Who may import whom: a folder may import itself and those listed. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'libs/rulebook': [],
  'libs/wire': ['libs/rulebook'],
  'libs/client': ['libs/wire'],
  // A check that shared code with what it checks would repeat its mistakes.
  'libs/audit': ['libs/wire'],
  'libs/ledger': ['libs/rulebook', 'libs/wire'],
  'libs/projections': ['libs/ledger', 'libs/rulebook', 'libs/wire'],
  'apps/api': ['libs/projections', 'libs/ledger', 'libs/rulebook', 'libs/wire'],
  // The CLI opens a data directory with what the API is composed of, and ends with npm like the scripts, which npm runs.
  'apps/cli': ['apps/api', 'libs/audit', 'libs/projections', 'libs/ledger', 'libs/rulebook', 'libs/wire', 'scripts'],
  // What is written from the build: the guide of the rulebook, the types of the client.
  scripts: ['apps/api', 'libs/projections', 'libs/ledger', 'libs/rulebook', 'libs/wire'],
};

export const wrongArrows: HouseRule = (sources) =>
  sources.flatMap(({ path, imports }) => {
    const from = ownerOf(path);
    const allowed = from === undefined ? undefined : arrows[from];
    if (from === undefined || allowed === undefined) return [];
    return imports.flatMap((specifier) => {
      const to = ownerOf(targetOf(path, specifier) ?? '');
      if (to === undefined || to === from || allowed.includes(to)) return [];
      return [`${path} imports ${specifier}: ${from} may not know ${to}.`];
    });
  });

/** What goes over HTTP is said to browsers and verifiers too: nothing of the ledger, of Node or of a package comes with it. */
export const heavyWire: HouseRule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('libs/wire/') && !isOfSpecs(path))
    .flatMap(({ path, runtimeImports }) =>
      runtimeImports
        .filter((specifier) => ownerOf(targetOf(path, specifier) ?? '') !== 'libs/wire')
        .map((specifier) => `${path} imports ${specifier}: libs/wire takes types alone from elsewhere.`),
    );

/** Across libraries by name (#ledger), inside a library the file itself: that is what shows circles. */
export const crossedThresholds: HouseRule = (sources) =>
  sources.flatMap(({ path, imports }) => {
    const from = ownerOf(path);
    return imports.flatMap((specifier) => {
      const to = ownerOf(targetOf(path, specifier) ?? '');
      if (to === undefined || !to.startsWith('libs/')) return [];
      if (from === to) return specifier.startsWith('#') ? [`${path} imports ${specifier}: inside ${to} import the file itself.`] : [];
      const isForSpecs = isOfSpecs(path) && isTesting(targetOf(path, specifier) ?? '');
      const mayLookInside = path.startsWith('test/') || isForSpecs;
      return specifier.startsWith('#') || mayLookInside ? [] : [`${path} imports ${specifier}: say #${to.slice('libs/'.length)}.`];
    });
  });

/** What only specs use (scenarios, fakes, samples) is in folders called `testing`, and nothing that ships imports it. */
export const shippedTesting: HouseRule = (sources) =>
  sources.flatMap(({ path, imports }) => {
    if (isOfSpecs(path)) return [];
    const found = imports.filter((specifier) => isTesting(targetOf(path, specifier) ?? ''));
    return found.map((specifier) => `${path} imports ${specifier}: what is in testing/ is for specs alone.`);
  });

function isOfSpecs(path: string): boolean {
  return path.startsWith('test/') || path.endsWith('.spec.ts') || isTesting(path);
}

function isTesting(path: string): boolean {
  return path.includes('/src/testing/');
}

const frameworks = /^(@nestjs\/|@fastify\/|fastify$|class-validator$|class-transformer$|rxjs($|\/)|commander$|reflect-metadata$)/;

export const frameworksInLibraries: HouseRule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('libs/'))
    .flatMap(({ path, imports }) =>
      imports.filter((name) => frameworks.test(name)).map((name) => `${path} imports ${name}: frameworks live in apps/.`),
    );

/** Nothing in the rulebook, in the audit, in a line's decisions or in those of the registers may reach the world outside. */
const pureFolders = /^libs\/(rulebook\/src|audit\/src|ledger\/src\/(outcome|line|companies|weights|requests|shipment)|projections\/src\/(views|tables|past-states|simulation))\//;

export const impureCore: HouseRule = (sources) =>
  sources
    .filter(({ path }) => pureFolders.test(path) && !path.endsWith('.spec.ts'))
    .flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('node:') && name !== 'node:crypto')
        .map((name) => `${path} imports ${name}: this part is pure.`),
    );

/**
 * The rooms of `libs/ledger`: a folder may import those after it. First what brings decisions about, then what keeps them,
 * then what decides, which knows nothing of either.
 */
const rooms = [
  ...['in-force', 'streams', 'choice', 'mergers', 'lines', 'shared-log', 'once', 'appending', 'event-store'],
  ...['shipment', 'requests', 'weights', 'companies', 'line', 'events', 'outcome'],
];

export const wrongRooms: HouseRule = (sources) =>
  sources.flatMap(({ path, imports }) => {
    const from = roomOf(path);
    if (from === undefined || isOfSpecs(path)) return [];
    if (!rooms.includes(from)) return [`${path}: ${from}/ has no place in the order of rooms yet.`];
    return imports.flatMap((specifier) => {
      const to = roomOf(targetOf(path, specifier) ?? '');
      if (to === undefined || rooms.indexOf(to) >= rooms.indexOf(from)) return [];
      return [`${path} imports ${specifier}: ${from}/ may not know ${to}/.`];
    });
  });

function roomOf(path: string): string | undefined {
  return /^libs\/ledger\/src\/([^/]+)\//.exec(path)?.[1];
}

const projections = 'libs/projections/src/';
const viewFolder = /^libs\/projections\/src\/views\/([^/]+)\/([^/]+)\.ts$/;
/** What runs views knows none of them: whatever it does follows from the registry. */
const runsViews = /^libs\/projections\/src\/((file|runner|tables|thread)\/|mirrored-views\.ts$)/;

/** A view is one folder. Its front door is the file of the same name; who is not the registry's to run may enter there. */
export const brokenViewWalls: HouseRule = (sources) =>
  sources.flatMap(({ path, imports }) => {
    if (!path.startsWith(projections) || path === `${projections}index.ts` || isOfSpecs(path)) return [];
    const [, own] = viewFolder.exec(path) ?? [];
    return imports.flatMap((specifier) => {
      const target = targetOf(path, specifier) ?? '';
      const [, view, file] = viewFolder.exec(target) ?? [];
      if (view === undefined) {
        const isBelow = !target.startsWith(projections) || /^(views|tables)\//.test(target.slice(projections.length));
        return own === undefined || isBelow ? [] : [`${path} imports ${specifier}: a view knows other views and tables/ alone.`];
      }
      if (view === own) return [];
      if (runsViews.test(path)) return [`${path} imports ${specifier}: what runs views finds them in the registry.`];
      return file === view ? [] : [`${path} imports ${specifier}: the front door of the view is ${view}/${view}.ts.`];
    });
  });

/** Whatever views there are is known to one file, so that a new one is one line there. */
export const secondRegistry: HouseRule = (sources) => {
  const folders = new Set(sources.flatMap(({ path }) => viewFolder.exec(path)?.[1] ?? []));
  return sources.flatMap(({ path, runtimeImports }) => {
    if (!path.startsWith(projections) || isOfSpecs(path)) return [];
    const entered = new Set(runtimeImports.flatMap((specifier) => viewFolder.exec(targetOf(path, specifier) ?? '')?.[1] ?? []));
    const isRegistry = path === `${projections}views/registry.ts`;
    const missing = isRegistry ? [...folders].filter((view) => !entered.has(view)) : [];
    const isSecond = !isRegistry && folders.size > 1 && entered.size === folders.size;
    return [
      ...missing.map((view) => `${path} does not register views/${view}.`),
      ...(isSecond ? [`${path} imports every view: only views/registry.ts does.`] : []),
    ];
  });
};

export const circles: HouseRule = (sources) => {
  const graph = new Map(
    sources.map(({ path, imports }) => [path, imports.flatMap((specifier) => targetOf(path, specifier) ?? [])]),
  );
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.add(`These import each other: ${[...trail.slice(start), path].join(' -> ')}.`);
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...found];
};

const dumpingGround = /(^|[/.-])(utils?|helpers?|commons?|shared|misc|stuff|types|constants|interfaces?|manager|impl|base)([/.]|$)/;
const meaninglessSuffix = /\.(service|interface|port|entity|util|helper)\.ts$/;

export const dumpingGrounds: HouseRule = (sources) =>
  sources
    .filter(({ path }) => dumpingGround.test(path) || meaninglessSuffix.test(path))
    .map(({ path }) => `${path}: if it has no better name it has no home yet.`);

export const starExports: HouseRule = (sources) =>
  sources.flatMap(({ path, exportsAllOf }) => exportsAllOf.map((name) => `${path} exports everything of ${name}: list the names.`));

export const defaultExports: HouseRule = (sources) =>
  sources.filter(({ hasDefaultExport }) => hasDefaultExport).map(({ path }) => `${path} has a default export: give it a name.`);

/**
 * Settings are read once, in config.ts, to which main.ts hands the environment; the CLI turns its options into
 * settings in one file. Tests start processes and pass their environment on.
 */
const mayReadEnvironment = /^(apps\/api\/src\/(config|main)\.ts$|apps\/cli\/src\/settings\.ts$|scripts\/|test\/)/;

export const strayEnvironment: HouseRule = (sources) =>
  sources
    .filter(({ path, readsEnvironment }) => readsEnvironment && !mayReadEnvironment.test(path) && !path.endsWith('.spec.ts'))
    .map(({ path }) => `${path} reads process.env: settings are read in apps/api/src/config.ts.`);

/** Where headers of requests may be read by name: there their type allows none but those that may not be repeated. */
const mayReadHeaders = /^apps\/api\/src\/http\/(request-headers|json-body)\.ts$/;
const listMethods = new Set(['includes', 'map', 'some', 'length', 'flatMap']);

export const strayHeaders: HouseRule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('apps/api/src/') && !path.endsWith('.spec.ts') && !mayReadHeaders.test(path))
    .flatMap(({ path, headersRead }) =>
      headersRead
        .filter((name) => !listMethods.has(name))
        .map((name) => `${path} reads the header ${name}: read it in apps/api/src/http/request-headers.ts.`),
    );

/** Where a ledger asks whether its log is shared: what follows from that is in its `Processes`. Stores know it of themselves. */
const mayAskIsShared = /^libs\/ledger\/src\/(ledger-parts\.ts$|event-store\/|testing\/)/;

export const askedAlongThePath: HouseRule = (sources) =>
  sources
    .filter(({ path, asksIsShared }) => asksIsShared && path.startsWith('libs/ledger/src/') && !path.endsWith('.spec.ts') && !mayAskIsShared.test(path))
    .map(({ path }) => `${path} asks whether the log is shared: that is for Processes to know, see libs/ledger/src/shared-log.`);

/** What Nest routes by: of these `@Operation` takes care, so that each operation passes the pipeline. */
const routing = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Req', 'Res', 'Body', 'Param', 'Query', 'Headers']);

export const sideDoors: HouseRule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('apps/'))
    .flatMap(({ path, decorators }) =>
      decorators.filter((name) => routing.has(name)).map((name) => `${path} applies @${name}: declare the operation by @Operation.`),
    );

export const linesMax = 300;

/** Files above the limit, each with its reason. */
export function longFiles(reasons: Readonly<Record<string, string>>): HouseRule {
  return (sources) => [
    ...sources
      .filter(({ path, lines }) => lines > linesMax && !path.includes('/generated/') && reasons[path] === undefined)
      .map(({ path, lines }) => `${path} has ${lines} lines, ${linesMax} are allowed: split it, or list a reason in architecture.spec.ts.`),
    ...Object.keys(reasons)
      .filter((path) => !sources.some((source) => source.path === path && source.lines > linesMax))
      .map((path) => `${path} is listed as long and is not: take it off the list.`),
  ];
}

/** `libs/ledger`, `apps/api`, `scripts`, ...; undefined for anything that is not ours. */
function ownerOf(path: string): string | undefined {
  return /^((?:apps|libs)\/[^/]+|scripts|test)\//.exec(path)?.[1];
}

/** The file of ours that a specifier names, seen from `path`; undefined for a package. */
function targetOf(path: string, specifier: string): string | undefined {
  const library = /^#(\w+)$/.exec(specifier)?.[1];
  if (library !== undefined) return `libs/${library}/src/index.ts`;
  if (specifier.startsWith('#scripts/')) return `${specifier.slice(1)}.mjs`;
  if (!specifier.startsWith('.')) return undefined;
  const segments = path.split('/').slice(0, -1);
  for (const segment of specifier.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return segments.join('/').replace(/\.js$/, '.ts');
}
