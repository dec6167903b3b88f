// `npm run bench [-- rulebook http bulk simulation eventstoredb hostile dashboard]`: measures what docs/performance.md reports. Ratios are taken within one run.
import { cpus } from 'node:os';
import { bulkBench } from './bulk.bench.js';
import { dashboardBench } from './dashboard.bench.js';
import { determineBench } from './determine.bench.js';
import { eventStoreDbBench } from './eventstoredb.bench.js';
import { hostileBench } from './hostile.bench.js';
import { httpBench } from './http.bench.js';
import { simulationBench } from './simulation.bench.js';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  rulebook: determineBench,
  http: httpBench,
  bulk: bulkBench,
  simulation: simulationBench,
  eventstoredb: eventStoreDbBench,
  hostile: hostileBench,
  dashboard: dashboardBench,
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`No benchmark is called ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}
process.stdout.write(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}\n`);
for (const [name, bench] of Object.entries(benches)) if (wanted.length === 0 || wanted.includes(name)) await bench();
