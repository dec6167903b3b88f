// `npm start`: installs what is missing, builds what is missing or stale, then serves in this very process, so that
// signals reach the server directly.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
ensureBuilt();
await import('../dist/apps/api/src/main.js');
