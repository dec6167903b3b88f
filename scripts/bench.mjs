// `npm run bench`: installs and builds what is missing, then runs the benchmark with the arguments given.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';

ensureInstalled();
ensureBuilt();
const bench = path.join(root, 'dist', 'test', 'bench', 'main.js');
process.exitCode =
  spawnSync(process.execPath, ['--expose-gc', bench, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).status ?? 1;
