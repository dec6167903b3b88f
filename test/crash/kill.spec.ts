import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { builtInRulebook } from '#rulebook';
import { startLedger, type Server } from '../server-process.js';
import { expectSameAnswers, readLog, resolveUnknown, sampleOf } from './answers-check.js';
import { alertsOf, crossingsOf, faultsOf } from './log-check.js';
import { Random, Workload } from './workload.js';

const cycles = process.env['LONG'] === '1' ? 300 : 20;
const seed = Number(process.env['SEED'] ?? '4544');
const cli = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));

describe(`a ledger that is killed again and again (${cycles} cycles, SEED=${seed})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-crash-'));
  const rulebook = path.join(folder, 'small-caps.rulebook.json');
  const workload = new Workload(seed);
  const random = new Random(seed + 1);
  let server: Server | undefined;

  beforeAll(() => {
    const { document } = builtInRulebook();
    const allocations = { ...document.allocations, perCountryTpp: 1_000_000 };
    writeFileSync(rulebook, JSON.stringify({ ...document, version: 'small-caps', allocations }));
  });

  afterAll(async () => {
    await server?.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (): Promise<Server> => startLedger(path.join(folder, 'data'), { LEDGER_RULEBOOK: rulebook });

  it('loses nothing that it acknowledged and does nothing twice', async () => {
    let checked = 0;
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      server = await start();
      const load = workload.run([server.port], 16);
      await workload.sends(40);
      await new Promise((resolve) => setTimeout(resolve, 100 + random.integer(900)));
      await server.stop('SIGKILL');
      await load;
      server = await start();
      await resolveUnknown(workload, [server.port]);
      const fresh = workload.sent.slice(checked);
      checked = workload.sent.length;
      await expectSameAnswers(workload, server.port, [...fresh, ...sampleOf(workload.sent, random, 30)]);
      await server.stop('SIGKILL');
    }
    expect(workload.sent.length).toBeGreaterThan(cycles * 20);
  });

  it('has a log in which every key, reservation, export and reversal counts once', async () => {
    server = await start();
    const log = await readLog(server.port);
    expect(log.length).toBeGreaterThan(cycles * 20);
    expect(faultsOf(log)).toEqual([]);
  });

  it('raised each alert once, at its crossing', async () => {
    const { port } = server as Server;
    await fetch(`http://127.0.0.1:${port}/v1/alerts`);
    const log = await readLog(port);
    const alerts = alertsOf(log);
    expect(alerts.length).toBeGreaterThan(0);
    expect([...alerts].sort()).toEqual([...crossingsOf(log)].sort());
  });

  it('shows views that equal a fresh replay of the log', async () => {
    const { port } = server as Server;
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'replay', '--json', '--url', `http://127.0.0.1:${port}`]);
    expect(JSON.parse(stdout)).toMatchObject({ differences: [] });
  });
});
