import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { builtInRulebook } from '#rulebook';
import { EventStoreDb } from '../eventstoredb/event-store-db.js';
import { playRandomFaults } from '../eventstoredb/random-faults.js';
import { startLedger, type Server } from '../server-process.js';
import { expectSameAnswers, readLog, resolveUnknown, sampleOf } from './answers-check.js';
import { alertsOf, crossingsOf, faultsOf } from './log-check.js';
import { Random, Workload } from './workload.js';

/** Half of them on one node, half on three with elections. */
const schedules = process.env['LONG'] === '1' ? 300 : 30;
const seed = Number(process.env['SEED'] ?? '4544');
const cli = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));
/** Every so often one of the instances is killed, and now and then its data directory is lost as well. */
const killEvery = 4;
const loseEvery = 8;

describe.each([1, 3])(`two instances on %s nodes with faults (SEED=${seed})`, (nodes) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-cluster-'));
  const rulebook = path.join(folder, 'small-caps.rulebook.json');
  const schedulesHere = schedules / 2;
  const workload = new Workload(seed + nodes);
  const random = new Random(seed + nodes + 1);
  const instances: (Server | undefined)[] = [undefined, undefined];
  let db: EventStoreDb;

  const dataDir = (index: number): string => path.join(folder, `instance-${index}`);
  const start = async (index: number): Promise<Server> =>
    (instances[index] ??= await startLedger(dataDir(index), { LEDGER_EVENTSTORE_URL: db.url, LEDGER_RULEBOOK: rulebook }));
  const ports = (): readonly number[] => instances.flatMap((instance) => (instance ? [instance.port] : []));

  beforeAll(async () => {
    const { document } = builtInRulebook();
    const allocations = { ...document.allocations, perCountryTpp: 150_000 };
    const lpp = document.routes?.lpp;
    const perYear = lpp?.parameters?.['perYearTpp'];
    if (!lpp || !perYear) throw new Error('The built-in rulebook has no LPP limit.');
    const routes = { ...document.routes, lpp: { ...lpp, parameters: { ...lpp.parameters, perYearTpp: { ...perYear, value: 60_000 } } } };
    writeFileSync(rulebook, JSON.stringify({ ...document, version: 'small-caps', allocations, routes }));
    db = await EventStoreDb.start({ nodes });
    await Promise.all([start(0), start(1)]);
  });

  afterAll(async () => {
    for (const instance of instances) await instance?.stop('SIGKILL');
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const kill = async (index: number, losesData: boolean): Promise<void> => {
    await instances[index]?.stop('SIGKILL');
    instances[index] = undefined;
    if (losesData) rmSync(dataDir(index), { recursive: true, force: true });
  };

  /** Until the instance takes a command, and is ready. */
  const untilItServes = async (port: number, schedule: number): Promise<void> => {
    const probe = { path: '/v1/reservations', key: `probe-${schedule}-${port}`, body: JSON.stringify({ destination: 'KE', exporter: 'probe', items: [{ chip: 'nvidia-a100', quantity: 1 }] }) };
    while ((await workload.send(port, probe)).status === 503) await delay(50);
    while (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok) await delay(50);
  };

  it('loses nothing, does nothing twice, answers all and recovers by itself', async () => {
    let checked = 0;
    for (let schedule = 0; schedule < schedulesHere; schedule += 1) {
      await Promise.all([start(0), start(1)]);
      const load = workload.run(ports(), 8);
      const killing = schedule % killEvery === killEvery - 1;
      const faults = playRandomFaults(db, { seed: 1_000 * nodes + seed + schedule, forMs: 800 });
      if (killing) {
        await delay(300);
        await kill(random.integer(2), schedule % loseEvery === loseEvery - 1);
      }
      await Promise.all([faults, workload.sends(20)]);
      workload.stop();
      await Promise.all(ports().map(async (port) => untilItServes(port, schedule)));
      await load;
      await Promise.all([start(0), start(1)]);
      await resolveUnknown(workload, ports());
      const fresh = workload.sent.slice(checked);
      checked = workload.sent.length;
      for (const port of ports()) await expectSameAnswers(workload, port, [...fresh, ...sampleOf(workload.sent, random, 10)], true);
    }
    expect(workload.sent.length).toBeGreaterThan(schedulesHere * 10);
  });

  it('has one log, the same for both, in which every key, reservation, export and reversal counts once', async () => {
    const [first, second] = ports() as [number, number];
    let [one, other] = [await readLog(first), await readLog(second)];
    // What is recorded behind the last answer, an alert or a hold that ends, may come between the two reads.
    while (one.length !== other.length) [one, other] = [await readLog(first), await readLog(second)];
    expect(faultsOf(one)).toEqual([]);
    expect(one).toEqual(other);
  });

  it('raised each alert once, at its crossing', async () => {
    const [port] = ports() as [number];
    await fetch(`http://127.0.0.1:${port}/v1/alerts`);
    const log = await readLog(port);
    const alerts = alertsOf(log);
    expect(alerts.length).toBeGreaterThan(0);
    expect([...alerts].sort()).toEqual([...crossingsOf(log)].sort());
  });

  it('shows views on both that equal a fresh replay of the log', async () => {
    for (const port of ports()) {
      const { stdout } = await promisify(execFile)(process.execPath, [cli, 'replay', '--json', '--url', `http://127.0.0.1:${port}`]);
      expect(JSON.parse(stdout)).toMatchObject({ differences: [] });
    }
  });
});
