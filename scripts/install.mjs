import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { showProgress } from './progress.mjs';
import { root } from './root.mjs';
import { runChild } from './run-child.mjs';

/** Installs the packages of package-lock.json unless they are all there already and fit this version of Node. */
export async function ensureInstalled() {
  refuseUnsupportedNode();
  const missing = whyNotInstalled();
  if (missing !== undefined) {
    process.stderr.write(`Installing packages (${missing}). This takes a minute or two, once ...\n`);
    const done = showProgress('Installing packages', packagesInPlace);
    // --include=dev: the compiler is one of them, also where NODE_ENV=production is set.
    const status = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress']);
    const seconds = done();
    if (status !== 0) stop(installFailed(status));
    process.stderr.write(`Installed the packages in ${seconds} s.\n`);
  }
  if (nativeModuleLoads()) return;
  process.stderr.write(`Rebuilding better-sqlite3 for Node ${process.versions.node} ...\n`);
  const done = showProgress('Rebuilding better-sqlite3');
  const status = await runNpm(['rebuild', 'better-sqlite3', '--no-progress']);
  done();
  if (status !== 0 || !nativeModuleLoads()) stop(nativeModuleFailed);
}

/** Why `npm ci` has to run, or undefined: compares the lockfile with what npm noted down about node_modules. */
export function whyNotInstalled(folder = root) {
  const notes = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(notes)) return 'node_modules is missing';
  const wanted = packagesOf(path.join(folder, 'package-lock.json'));
  const installed = packagesOf(notes);
  for (const [place, { version, optional, devOptional, peer }] of Object.entries(wanted)) {
    const found = installed[place];
    // Optional packages for other machines are in the lockfile and not on this disk.
    if (found === undefined && (optional || devOptional || peer)) continue;
    if (found === undefined || !existsSync(path.join(folder, place))) return `${place} is missing`;
    if (found.version !== version) return `${place} is ${found.version}, wanted ${version}`;
  }
  for (const place of Object.keys(installed)) if (wanted[place] === undefined) return `${place} is not in the lockfile`;
  return undefined;
}

function packagesOf(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.fromEntries(Object.entries(packages).filter(([place]) => place !== ''));
}

/** How many packages are on the disk, for people. Those for other machines never get there and are not counted. */
function packagesInPlace() {
  const wanted = Object.entries(packagesOf(path.join(root, 'package-lock.json'))).filter(([, each]) => !each.optional && !each.devOptional);
  const there = wanted.filter(([place]) => existsSync(path.join(root, place, 'package.json')));
  return `${there.length} of ${wanted.length} packages`;
}

/** Runs the npm that started this script, else the one on the PATH. Its output goes to stderr. */
function runNpm(args) {
  const npm = process.env.npm_execpath;
  const stdio = ['ignore', 2, 2];
  if (npm !== undefined && /\.c?js$/.test(npm)) return runChild(process.execPath, [npm, ...args], { stdio });
  return runChild('npm', args, { stdio, shell: process.platform === 'win32' });
}

/** In a process of its own: a native module that was built for another Node fails when it is loaded. */
function nativeModuleLoads() {
  const probe = "new (require('better-sqlite3'))(':memory:').close()";
  return spawnSync(process.execPath, ['-e', probe], { cwd: root, stdio: 'ignore' }).status === 0;
}

function refuseUnsupportedNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24) return;
  stop(`Quota Ledger needs Node 20.19 or newer, 22.12 or newer, or 24; this is Node ${process.versions.node}.`);
}

const installFailed = (status) => `
Could not install the packages: npm ended with ${status} (its words are above).
- Offline? Connect once, or copy node_modules from a machine with the same system and Node, then start again.
- "node-gyp" in the words above? No prebuilt better-sqlite3 could be downloaded for this machine. Install Python 3,
  make and a C++ compiler, then start again.`;

const nativeModuleFailed = `
better-sqlite3 does not load on Node ${process.versions.node}. Try: rm -rf node_modules && npm ci
If that builds from source it needs Python 3, make and a C++ compiler. If npm was told not to run install scripts
(--ignore-scripts), allow the one of better-sqlite3.`;

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
