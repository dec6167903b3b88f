import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  askedAlongThePath,
  brokenViewWalls,
  circles,
  crossedThresholds,
  defaultExports,
  dumpingGrounds,
  frameworksInLibraries,
  heavyWire,
  impureCore,
  linesMax,
  longFiles,
  secondRegistry,
  shippedTesting,
  sideDoors,
  starExports,
  strayHeaders,
  strayEnvironment,
  wrongArrows,
  wrongRooms,
  type HouseRule,
} from './architecture/house-rules.js';
import { parseSource, readSources } from './architecture/source-file.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Files above the limit of lines, and why they are one concept all the same. */
const longForAReason: Readonly<Record<string, string>> = {
  'test/contract/event-store.contract.ts': 'One suite judges every adapter: what a store must do is read in one place.',
  'libs/ledger/src/event-store/embedded/embedded-event-store.spec.ts': 'All that the embedded store promises beyond the contract.',
};

describe('the house', () => {
  const sources = readSources(root);

  it('is read at all', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.map(({ path: file }) => file)).toEqual(
      expect.arrayContaining(['libs/ledger/src/index.ts', 'apps/cli/src/main.ts', 'test/architecture.spec.ts']),
    );
  });

  it.each<[string, HouseRule]>([
    ['lets arrows point down only', wrongArrows],
    ['lets libs/wire run anywhere', heavyWire],
    ['enters a library by its front door', crossedThresholds],
    ['ships nothing that is for specs', shippedTesting],
    ['keeps frameworks out of libraries', frameworksInLibraries],
    ['keeps the core pure', impureCore],
    ['lets no decision know what writes it', wrongRooms],
    ['keeps each view behind its front door', brokenViewWalls],
    ['registers every view in one file', secondRegistry],
    ['has no circles', circles],
    ['has no dumping ground', dumpingGrounds],
    ['lists what a library exports', starExports],
    ['exports by name', defaultExports],
    ['reads settings in one place', strayEnvironment],
    ['reads headers of requests in one place', strayHeaders],
    ['has one way in', sideDoors],
    ['asks once whether the log is shared', askedAlongThePath],
    ['keeps files short', longFiles(longForAReason)],
  ])('%s', (_, rule) => {
    expect(rule(sources)).toEqual([]);
  });
});

describe('each rule of the house can be broken', () => {
  const broken = (rule: HouseRule, files: Readonly<Record<string, string>>): readonly string[] =>
    rule(Object.entries(files).map(([file, text]) => parseSource(file, text)));

  it.each([
    ['libs/rulebook/src/a.ts', "import { x } from '#ledger';"],
    ['libs/ledger/src/a.ts', "import type { X } from '#projections';"],
    ['libs/ledger/src/lines/a.ts', "import { x } from '../../../../apps/api/src/config.js';"],
    ['libs/projections/src/a.ts', "export { x } from '../../../apps/cli/src/main.js';"],
    ['libs/ledger/src/a.ts', "const views = await import('#projections');"],
    ['apps/api/src/a.ts', "import { x } from '../../cli/src/main.js';"],
    ['libs/rulebook/src/a.ts', "type X = import('#ledger').X;"],
  ])('an arrow up: %s with %s', (file, text) => {
    expect(broken(wrongArrows, { [file]: text })).toEqual([expect.stringContaining(file)]);
  });

  it('leaves arrows down alone', () => {
    expect(broken(wrongArrows, { 'apps/api/src/a.ts': "import { x } from '#ledger';\nimport y from 'fastify';" })).toEqual([]);
  });

  it.each(["import { x } from '#rulebook';", "import { createHash } from 'node:crypto';", "export { x } from 'ajv';"])('a wire that %s', (text) => {
    expect(broken(heavyWire, { 'libs/wire/src/a.ts': text })).toHaveLength(1);
    expect(broken(heavyWire, { 'libs/wire/src/a.spec.ts': text })).toEqual([]);
  });

  it('leaves types and its own files to the wire', () => {
    expect(broken(heavyWire, { 'libs/wire/src/a.ts': "import type { X } from '#rulebook';\nimport { b } from './b.js';" })).toEqual([]);
    expect(broken(wrongArrows, { 'libs/wire/src/a.ts': "import type { X } from '#ledger';" })).toHaveLength(1);
  });

  it('a client that knows what it speaks to', () => {
    expect(broken(wrongArrows, { 'libs/client/src/a.ts': "import type { X } from '#ledger';" })).toHaveLength(1);
    expect(broken(wrongArrows, { 'libs/client/src/a.ts': "import { x } from '#wire';" })).toEqual([]);
  });

  it.each(['#ledger', '#projections', '#rulebook'])('an audit that shares code with what it checks: %s', (library) => {
    expect(broken(wrongArrows, { 'libs/audit/src/a.ts': `import type { X } from '${library}';` })).toHaveLength(1);
    expect(broken(wrongArrows, { 'libs/audit/src/a.ts': "import type { X } from '#wire';", 'apps/cli/src/a.ts': "import { x } from '#audit';" })).toEqual([]);
  });

  it('a library entered through the window, and one that calls itself by name', () => {
    expect(broken(crossedThresholds, { 'apps/api/src/a.ts': "import { x } from '../../../libs/ledger/src/line/decide.js';" })).toEqual([
      expect.stringContaining('say #ledger'),
    ]);
    expect(broken(crossedThresholds, { 'libs/ledger/src/a.ts': "import { x } from '#ledger';" })).toEqual([
      expect.stringContaining('import the file itself'),
    ]);
  });

  it('a decision that knows its writer, and a room that nobody put in its place', () => {
    expect(broken(wrongRooms, { 'libs/ledger/src/line/a.ts': "import type { X } from '../lines/x.js';" })).toEqual([expect.stringContaining('may not know lines/')]);
    expect(broken(wrongRooms, { 'libs/ledger/src/lines/a.ts': "import type { X } from '../line/x.js';" })).toEqual([]);
    expect(broken(wrongRooms, { 'libs/ledger/src/attic/a.ts': '' })).toEqual([expect.stringContaining('no place')]);
  });

  it('a fake that ships, but not one that a spec of another library uses', () => {
    const fake = { 'libs/ledger/src/index.ts': "export { x } from './testing/fake.js';" };
    expect(broken(shippedTesting, fake)).toEqual([expect.stringContaining('for specs alone')]);
    const spec = { 'libs/projections/src/a.spec.ts': "import { x } from '../../ledger/src/testing/fake.js';" };
    expect([...broken(shippedTesting, spec), ...broken(crossedThresholds, spec)]).toEqual([]);
  });

  it.each(['@nestjs/common', 'class-validator', 'rxjs/operators', 'fastify', 'commander'])('%s in a library', (name) => {
    expect(broken(frameworksInLibraries, { 'libs/ledger/src/a.ts': `import { x } from '${name}';` })).toEqual([
      expect.stringContaining(name),
    ]);
  });

  it('a file that is read in the pure part', () => {
    expect(broken(impureCore, { 'libs/ledger/src/line/a.ts': "import { readFileSync } from 'node:fs';" })).toHaveLength(1);
    expect(broken(impureCore, { 'libs/ledger/src/event-store/a.ts': "import { readFileSync } from 'node:fs';" })).toEqual([]);
  });

  const views = 'libs/projections/src/views';

  it.each([
    [`${views}/exporters/exporters.ts`, "import { x } from '../lines/line-fold.js';", 'lines/lines.ts'],
    ['libs/projections/src/alerts/a.ts', "import type { X } from '../views/lines/line-fold.js';", 'lines/lines.ts'],
    [`${views}/exporters/exporters.ts`, "import { x } from '../../runner/a.js';", 'tables/ alone'],
    ['libs/projections/src/file/a.ts', "import type { X } from '../views/lines/lines.js';", 'in the registry'],
  ])('a view entered through the window: %s with %s', (file, text, message) => {
    expect(broken(brokenViewWalls, { [file]: text })).toEqual([expect.stringContaining(message)]);
  });

  it('leaves front doors of views open, and the registry', () => {
    const open = {
      [`${views}/exporters/exporters.ts`]: "import { x } from '../lines/lines.js';\nimport { y } from './exporter-rows.js';",
      'libs/projections/src/file/a.ts': "import { registry } from '../views/registry.js';",
    };
    expect(broken(brokenViewWalls, open)).toEqual([]);
  });

  it('a view that is not registered, and a second list of all views', () => {
    const two = { [`${views}/lines/lines.ts`]: '', [`${views}/alerts/alerts.ts`]: '' };
    const both = "import { lines } from './lines/lines.js';\nimport { alerts } from './alerts/alerts.js';";
    const registry = `${views}/registry.ts`;
    expect(broken(secondRegistry, { ...two, [registry]: both })).toEqual([]);
    expect(broken(secondRegistry, { ...two, [registry]: "import { lines } from './lines/lines.js';" })).toEqual([
      expect.stringContaining('does not register views/alerts'),
    ]);
    expect(broken(secondRegistry, { ...two, [registry]: both, [`${views}/every.ts`]: both })).toEqual([
      expect.stringContaining('every.ts imports every view'),
    ]);
  });

  it('a circle of three, be it of types', () => {
    const three = {
      'libs/ledger/src/a.ts': "import { b } from './b.js';",
      'libs/ledger/src/b.ts': "import { c } from './line/c.js';",
      'libs/ledger/src/line/c.ts': "import { a } from '../a.js';",
    };
    expect(broken(circles, three)).toEqual([expect.stringContaining('a.ts -> libs/ledger/src/b.ts')]);
    expect(broken(circles, { ...three, 'libs/ledger/src/b.ts': "import type { c } from './line/c.js';" })).toHaveLength(1);
    expect(broken(circles, { ...three, 'libs/ledger/src/b.ts': '' })).toEqual([]);
  });

  it.each(['libs/ledger/src/utils/a.ts', 'libs/ledger/src/date-utils.ts', 'apps/api/src/common/a.ts', 'apps/api/src/types.ts', 'apps/api/src/quota.service.ts'])(
    'a dumping ground: %s',
    (file) => expect(broken(dumpingGrounds, { [file]: '' })).toEqual([expect.stringContaining(file)]),
  );

  it('a star export of values, but not of types', () => {
    expect(broken(starExports, { 'libs/ledger/src/index.ts': "export * from './a.js';" })).toHaveLength(1);
    expect(broken(starExports, { 'libs/ledger/src/index.ts': "export type * from './a.js';" })).toEqual([]);
  });

  it.each(['export default 1;', 'export default class A {}', 'const a = 1;\nexport { a as default };'])('a default export: %s', (text) => {
    expect(broken(defaultExports, { 'libs/ledger/src/a.ts': text })).toHaveLength(1);
  });

  it.each([
    'const home = process.env.HOME;',
    "const home = process['env'];",
    'const { env } = process;',
    "import { env } from 'node:process';",
  ])('a setting read in passing: %s', (text) => {
    expect(broken(strayEnvironment, { 'libs/ledger/src/a.ts': text })).toHaveLength(1);
    expect(broken(strayEnvironment, { 'apps/api/src/config.ts': text })).toEqual([]);
  });

  it.each(["const x = request.headers['x-new'];", 'const x = request.headers.accept;', "const x = headers['x-new'];"])(
    'a header read in passing: %s',
    (text) => {
      expect(broken(strayHeaders, { 'apps/api/src/a.ts': text })).toHaveLength(1);
      expect(broken(strayHeaders, { 'apps/api/src/http/request-headers.ts': text })).toEqual([]);
    },
  );

  it.each(['if (store.isShared) read();', 'const { isShared } = store;'])('a question along the path: %s', (text) => {
    expect(broken(askedAlongThePath, { 'libs/ledger/src/lines/a.ts': text })).toHaveLength(1);
    expect(broken(askedAlongThePath, { 'libs/ledger/src/ledger-parts.ts': text, 'apps/api/src/a.ts': text })).toEqual([]);
  });

  it.each(["class A { @Get(':id') read() {} }", 'class A { @Operation() read(@Req() request: object) {} }'])('a side door: %s', (text) => {
    expect(broken(sideDoors, { 'apps/api/src/a.controller.ts': text })).toHaveLength(1);
    expect(broken(sideDoors, { 'apps/api/src/a.controller.ts': 'class A { @Operation() read() {} }' })).toEqual([]);
  });

  it('a file that is too long, and a reason for one that is not', () => {
    const long = { 'libs/ledger/src/a.ts': '\n'.repeat(linesMax + 1) };
    expect(broken(longFiles({}), long)).toHaveLength(1);
    expect(broken(longFiles({ 'libs/ledger/src/a.ts': 'a table' }), long)).toEqual([]);
    expect(broken(longFiles({ 'libs/ledger/src/a.ts': 'a table' }), { 'libs/ledger/src/a.ts': '' })).toHaveLength(1);
    expect(broken(longFiles({}), { 'libs/client/src/generated/a.ts': '\n'.repeat(linesMax + 1) })).toEqual([]);
  });
});
