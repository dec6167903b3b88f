// `npm run --silent quota -- <command>`: the command line of this package, installed and built first where needed.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { whenNpmEnds } from './parents.mjs';

whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
await ensureInstalled();
await ensureBuilt();
await import('../dist/apps/cli/src/main.js');
