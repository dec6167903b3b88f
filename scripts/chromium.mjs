import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './root.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser that page tests run in: one of the system, else that which playwright-core has installed; undefined if there is none. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const ofSystem = folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file));
  return ofSystem ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
}

/** Installs a browser where there is none: Debian's package for root, playwright-core's own for everybody else. */
export function ensureChromium() {
  if (findChromium() !== undefined) return;
  process.stderr.write('Installing Chromium for the tests of the pages ...\n');
  const run = (command, ...args) => spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  const isDebian = process.getuid?.() === 0 && run('apt-get', 'update', '-qq');
  if (isDebian && run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core')) return;
  run(process.execPath, path.join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium');
}
