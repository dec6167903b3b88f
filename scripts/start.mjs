// `npm start`: installs what is missing, builds what is missing or stale, then serves in this very process.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { whenParentsEnd } from './parents.mjs';

whenParentsEnd(() => process.kill(process.pid, 'SIGTERM'));
await ensureInstalled();
await ensureBuilt();
await import('../dist/apps/api/src/main.js');
