import { statfs } from 'node:fs/promises';
import { Gauge, type Registry } from 'prom-client';

/** How much room the data directory has: a log only grows, and without room nothing is recorded. */
export function registerDiskMetrics(registry: Registry, dataDir: string): void {
  const registers = [registry];
  new Gauge({
    name: 'ledger_disk_free_bytes',
    help: 'Bytes that the server may still write to the disk of its data directory.',
    registers,
    async collect() {
      const { bavail, bsize } = await statfs(dataDir);
      this.set(bavail * bsize);
    },
  });
  new Gauge({
    name: 'ledger_disk_size_bytes',
    help: 'Bytes that the disk of the data directory has.',
    registers,
    async collect() {
      const { blocks, bsize } = await statfs(dataDir);
      this.set(blocks * bsize);
    },
  });
}
