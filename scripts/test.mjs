// `npm test`: type check, lint and every jest suite; the last line is the total. `--long` runs the long series,
// anything else is passed on to jest (a pattern, for example) and leaves out the lint.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { whenNpmEnds } from './parents.mjs';
import { root } from './root.mjs';
import { runChild } from './run-child.mjs';

const args = process.argv.slice(2);
const long = args.includes('--long');
const jestArgs = args.filter((arg) => arg !== '--long');
const totals = { passed: 0, failed: 0 };
const skipped = [];

whenNpmEnds(() => process.kill(process.pid, 'SIGTERM'));
await ensureInstalled();
count('Type check', await build());
if (jestArgs.length === 0) {
  count('Lint', await lint());
  // Only here: the packages that it stands on are installed by now.
  (await import('./chromium.mjs')).ensureChromium();
}
await runJest();

if (skipped.length > 0) process.stdout.write(`\n${skipped.length} skipped:\n${skipped.map((name) => `  ${name}\n`).join('')}`);
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;

function count(name, ok) {
  process.stdout.write(`${name}: ${ok ? 'passed' : 'FAILED'}\n`);
  totals[ok ? 'passed' : 'failed'] += 1;
}

async function lint() {
  const eslint = path.join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
  return (await runChild(process.execPath, [eslint, '--max-warnings', '0', '.'], { stdio: 'inherit' })) === 0;
}

async function runJest() {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-ledger-test-'));
  const outputFile = path.join(folder, 'results.json');
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const status = await runChild(process.execPath, [jest, '--json', `--outputFile=${outputFile}`, ...jestArgs], {
    stdio: ['inherit', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_OPTIONS: [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
        .filter(Boolean)
        .join(' '),
      ...(long ? { LONG: '1' } : {}),
    },
  });
  const counted = addResults(outputFile);
  // A jest that ends badly without a failed test (it crashed, an argument was wrong) must not look green.
  if (status !== 0 && !counted.failures) count('jest', false);
  rmSync(folder, { recursive: true, force: true });
}

function addResults(outputFile) {
  try {
    const results = JSON.parse(readFileSync(outputFile, 'utf8'));
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    totals.passed += results.numPassedTests;
    totals.failed += failed;
    for (const { assertionResults } of results.testResults) {
      for (const { status, fullName } of assertionResults) if (status === 'pending' || status === 'todo') skipped.push(fullName);
    }
    return { failures: failed > 0 };
  } catch {
    return { failures: false };
  }
}
