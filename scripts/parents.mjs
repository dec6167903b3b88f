import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const lookMs = 250;
const shell = /^-?(?:.*\/)?(?:sh|ash|bash|dash|ksh|zsh|busybox)$/;

/**
 * Calls `end` once, when the process that started this one is gone. npm puts a shell between itself and what it runs, and
 * neither of the two passes every signal on: under npm this looks at both. Without it a server would live on without
 * anybody who could stop it.
 */
export function whenParentsEnd(end) {
  const parent = process.ppid;
  const above = isUnderNpm() ? parentAbove(parent) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (above === undefined || isThere(above))) return;
    clearInterval(timer);
    end();
  }, lookMs);
  timer.unref();
}

/** As `whenParentsEnd`, where npm or npx started this process; else nothing: a supervisor may be gone before it. */
export function whenNpmEnds(end) {
  if (isUnderNpm()) whenParentsEnd(end);
}

function isUnderNpm() {
  return process.env.npm_lifecycle_event !== undefined;
}

/** The process above a shell; undefined where there is no shell in between, or nobody can tell. */
function parentAbove(pid) {
  const { name = '', parent } = lookUp(pid);
  return shell.test(name) ? parent : undefined;
}

function lookUp(pid) {
  try {
    const [, name, parent] = /^\d+ \((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    // No Linux: asked once.
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent, name] = /^\s*(\d+)\s+(.*?)\s*$/.exec(stdout ?? '') ?? [];
    return parent === undefined ? {} : { name, parent: Number(parent) };
  }
}

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
