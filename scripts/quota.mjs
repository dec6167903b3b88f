// `npm run --silent quota -- <command>`: the command line of this package, installed and built first where needed.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
ensureBuilt();
await import('../dist/apps/cli/src/main.js');
