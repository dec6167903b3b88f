import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectory } from './make-directory.js';
import { readRegularFile } from './regular-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quota-ledger-directory-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('makeDirectory', () => {
  it('makes those above it, too, and leaves what is there', () => {
    for (let time = 0; time < 2; time += 1) makeDirectory(join(folder, 'a', 'b', 'c'));
    expect(statSync(join(folder, 'a', 'b', 'c')).isDirectory()).toBe(true);
    symlinkSync(join(folder, 'a'), join(folder, 'link'));
    makeDirectory(join(folder, 'link', 'd'));
    expect(existsSync(join(folder, 'a', 'd'))).toBe(true);
  });

  it('says why it cannot', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeDirectory(join(folder, 'file', 'a', 'b'))).toThrow(/ENOTDIR/);
    expect(() => makeDirectory(join(folder, 'file'))).toThrow(/EEXIST/);
  });

  // In a process of its own: what goes round for ever could not be ended here.
  (existsSync('/proc/self') ? it : it.skip)('comes to an end where a file system takes no directory', () => {
    const module = new URL('./make-directory.js', import.meta.url).href;
    const code = `import(${JSON.stringify(module)}).then(({ makeDirectory }) => makeDirectory('/proc/none/of/these'))`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', code], { timeout: 60_000, encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('ENOENT')]);
  });
});

describe('readRegularFile', () => {
  it('reads files, and says what else it was given', () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'text');
    symlinkSync(file, join(folder, 'link'));
    expect(readRegularFile(join(folder, 'link')).toString()).toBe('text');
    expect(() => readRegularFile(folder)).toThrow('it is a directory');
    expect(() => readRegularFile('/dev/null')).toThrow('it is a device');
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
    expect(() => readRegularFile(join(folder, 'pipe'))).toThrow('it is a pipe');
    expect(() => readRegularFile(join(folder, 'none'))).toThrow(/ENOENT/);
  });
});
