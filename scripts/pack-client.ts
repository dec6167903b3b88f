import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const sources = ['index', 'ledger-client', 'ledger-problem', 'retrying-fetch'] as const;

/**
 * Writes the client as a package of its own into a folder, with types that need nothing else of this repository, and packs it.
 * @param types of the HTTP API, without those of libs/wire
 * @returns the path of the .tgz
 */
export function packClient(types: string, folder: string): string {
  const src = path.join(folder, 'src');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(src, 'generated'), { recursive: true });
  for (const name of sources) cpSync(path.join(root, `libs/client/src/${name}.ts`), path.join(src, `${name}.ts`));
  writeFileSync(path.join(src, 'generated/http-api.ts'), types);
  const { version, license, engines, dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly license: string;
    readonly engines: object;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const manifest = {
    name: '@quota-ledger/client',
    version,
    description: 'A typed client of the Quota Ledger HTTP API, with retries that keep the idempotency key.',
    license,
    type: 'module',
    engines,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    dependencies: { 'openapi-fetch': dependencies['openapi-fetch'] },
  };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  // What it stands on is found in the repository.
  const modules = path.join(folder, 'node_modules');
  symlinkSync(path.join(root, 'node_modules'), modules);
  compile(src, path.join(folder, 'dist'));
  unlinkSync(modules);
  cpSync(path.join(root, 'docs/client.md'), path.join(folder, 'README.md'));
  cpSync(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  execFileSync('npm', ['pack', '--silent'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const packed = path.join(folder, `quota-ledger-client-${version}.tgz`);
  const target = path.join(path.dirname(folder), path.basename(packed));
  renameSync(packed, target);
  return target;
}

/** @throws Error with what the compiler says */
function compile(src: string, outDir: string): void {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    declaration: true,
    skipLibCheck: true,
    noEmitOnError: true,
    rootDir: src,
    outDir,
  };
  const program = ts.createProgram(sources.map((name) => path.join(src, `${name}.ts`)), options);
  const { diagnostics } = program.emit();
  const wrong = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (wrong.length > 0) throw new Error(ts.formatDiagnostics(wrong, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }));
}
