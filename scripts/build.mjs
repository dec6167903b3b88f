import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDashboard, dashboardPage } from './dashboard.mjs';
import { ensureInstalled } from './install.mjs';
import { showProgress } from './progress.mjs';
import { root } from './root.mjs';
import { runChild } from './run-child.mjs';

const dist = path.join(root, 'dist');
/** The dashboard has the types of a browser, the rest those of Node. */
const projects = [root, path.join(root, 'apps', 'dashboard')];
/**
 * Written after a build without errors, as old as its start. The compiler's own notes cannot say it: their time stays
 * as it was when a change made no difference, and they are also written when there were errors.
 */
const stamp = path.join(dist, '.built');
const sourceFolders = ['apps', 'libs', 'test', 'scripts'];

/** Builds if a source is newer than the last good build. Stops the process if the build fails. */
export async function ensureBuilt() {
  const why = whyStale();
  if (why === undefined) return;
  process.stderr.write(`Building (${why}) ...\n`);
  const done = showProgress('Building');
  const isBuilt = await build();
  const seconds = done();
  if (!isBuilt) {
    process.stderr.write('The build failed: the errors are above.\n');
    process.exit(1);
  }
  process.stderr.write(`Built in ${seconds} s.\n`);
}

/** Compiles everything into dist. Resolves with whether there were no errors. */
export async function build() {
  const startedAt = new Date();
  const sources = sourcesOf(sourceFolders);
  removeOutputsWithoutSource();
  // The compiler believes its notes: outputs that somebody deleted would stay missing.
  if (sources.some((source) => !existsSync(outputOf(source)))) removeCompilerNotes();
  rmSync(stamp, { force: true });
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const project of projects) {
    const status = await runChild(process.execPath, [compiler, '-p', project], { stdio: ['ignore', 2, 2] });
    if (status !== 0) return false;
  }
  if (!(await buildDashboard())) return false;
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
  return true;
}

/** Why a build is needed, or undefined. */
function whyStale() {
  if (!existsSync(stamp)) return 'nothing is built';
  if (!existsSync(dashboardPage)) return 'the dashboard is not built';
  const builtAtMs = statSync(stamp).mtimeMs;
  const inputs = ['tsconfig.json', 'package.json', 'package-lock.json'].map((file) => path.join(root, file));
  for (const file of [...inputs, ...pageFiles(), ...sourcesOf(sourceFolders)]) {
    if (statSync(file).mtimeMs > builtAtMs) return `${path.relative(root, file)} changed`;
    if (/\.tsx?$/.test(file) && !existsSync(outputOf(file))) return `${path.relative(root, file)} is not compiled`;
  }
  const orphan = outputsWithoutSource()[0];
  return orphan === undefined ? undefined : `${path.relative(root, orphan)} has no source any more`;
}

/** A compiled test whose source was deleted would run for ever. */
function removeOutputsWithoutSource() {
  for (const file of outputsWithoutSource()) rmSync(file, { force: true });
}

function outputsWithoutSource() {
  return filesUnder(sourceFolders.map((folder) => path.join(dist, folder))).filter((file) => {
    const compiled = /^(.*)\.(?:js|js\.map|d\.ts)$/.exec(path.relative(dist, file));
    return compiled !== null && !['.ts', '.tsx'].some((ending) => existsSync(path.join(root, `${compiled[1]}${ending}`)));
  });
}

/** What the bundler reads besides sources. */
function pageFiles() {
  const own = filesUnder([path.join(root, 'apps', 'dashboard')]).filter((file) => /\.(?:css|html|json)$/.test(file));
  // The page of words is made from it.
  return [...own, path.join(root, 'docs', 'glossary.md')].filter((file) => existsSync(file));
}

function removeCompilerNotes() {
  for (const notes of ['.tsbuildinfo', '.tsbuildinfo-dashboard']) rmSync(path.join(dist, notes), { force: true });
}

function sourcesOf(folders) {
  return filesUnder(folders.map((folder) => path.join(root, folder))).filter((file) => /(?<!\.d)\.tsx?$/.test(file));
}

function outputOf(source) {
  return path.join(dist, path.relative(root, source).replace(/\.tsx?$/, '.js'));
}

function filesUnder(folders) {
  return folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.join(entry.parentPath, entry.name))
      : [],
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureInstalled();
  process.exitCode = (await build()) ? 0 : 1;
}
