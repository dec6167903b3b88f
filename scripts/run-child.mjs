import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

const isWindows = process.platform === 'win32';
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** For a child that does not end when it is told to. */
const patienceMs = 5_000;

/**
 * Runs a command in the folder of package.json. Resolves with its exit status. A signal to this process ends the command,
 * with everything that it started, and then this process.
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve) => {
    // In a group of its own, so that all of it can be ended.
    const child = spawn(command, args, { cwd: root, ...options, detached: !isWindows });
    let endedBy;
    const end = (signal) => {
      endedBy ??= signal;
      endGroup(child, 'SIGTERM');
      setTimeout(() => endGroup(child, 'SIGKILL'), patienceMs).unref();
    };
    for (const signal of signals) process.on(signal, end);
    const ended = (status) => {
      for (const signal of signals) process.off(signal, end);
      if (endedBy !== undefined) process.exit(128 + constants.signals[endedBy]);
      resolve(status ?? 1);
    };
    child.once('error', () => ended(1));
    child.once('exit', ended);
  });
}

function endGroup(child, signal) {
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It is gone.
  }
}
