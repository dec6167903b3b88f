import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLedger } from '../server-process.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
/** All of a fresh clone; what the commands write goes into a folder of its own. */
const written = ['data', 'copy', '.git'];

/** The shell of the section, comments and all. */
function commandsOf(section: string): string {
  const page = readFileSync(path.join(root, 'README.md'), 'utf8');
  return new RegExp(`## ${section}[^]*?\`\`\`sh\\n([^]*?)\\n\`\`\``).exec(page)?.[1] ?? '';
}

describe('the commands of the README', () => {
  it('run from top to bottom beside a running server', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'quota-readme-'));
    for (const name of readdirSync(root)) if (!written.includes(name)) symlinkSync(path.join(root, name), path.join(folder, name));
    const server = await startLedger(path.join(folder, 'data'));
    try {
      const script = commandsOf('The command line');
      expect(script.split('\n').length).toBeGreaterThan(8);
      const { status, stdout, stderr } = spawnSync('bash', ['-ec', script], {
        cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', QUOTA_URL: `http://127.0.0.1:${server.port}` },
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('quota:') as string });
      expect(stdout).toContain('Everything agrees');
      expect(stdout).toContain('3A090.a');
    } finally {
      await server.stop('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
