// `npm run bench`: installs and builds what is missing, then runs the benchmark with the arguments given.
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { whenNpmEnds } from './parents.mjs';
import { root } from './root.mjs';
import { runChild } from './run-child.mjs';

whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
await ensureInstalled();
await ensureBuilt();
// What is measured in this very process runs as `npm start` has it.
const flags = ['--expose-gc', '--max-semi-space-size=32'];
const bench = path.join(root, 'dist', 'test', 'bench', 'main.js');
process.exitCode = await runChild(process.execPath, [...flags, bench, ...process.argv.slice(2)], { stdio: 'inherit' });
