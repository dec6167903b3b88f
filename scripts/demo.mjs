// `npm run demo`: installs and builds what is missing as `npm start` does, then runs the demo in this very process.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { whenParentsEnd } from './parents.mjs';

whenParentsEnd(() => process.kill(process.pid, 'SIGTERM'));
await ensureInstalled();
await ensureBuilt();
await import('../dist/apps/cli/src/demo/main.js');
