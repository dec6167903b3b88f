// `npm start`: installs what is missing, builds what is missing or stale, then serves in this very process.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';

// npm puts a shell between itself and this process. A signal to npm ends the shell, which passes nothing on: without
// this the server would live on without anybody who could stop it.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 250).unref();

ensureInstalled();
ensureBuilt();
await import('../dist/apps/api/src/main.js');
