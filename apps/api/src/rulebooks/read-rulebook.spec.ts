import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInRulebook } from '#rulebook';
import { readRulebook } from './read-rulebook.js';

describe('a rulebook file', () => {
  it('may begin with a byte order mark', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quota-rulebook-'));
    const file = join(folder, 'marked.rulebook.json');
    const { document, hash } = builtInRulebook();
    await writeFile(file, `\ufeff${JSON.stringify(document)}`);
    expect(readRulebook(file).hash).toBe(hash);
    await rm(folder, { recursive: true });
  });

  it('is refused with a member that stands twice: which of the two counts nobody can tell', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quota-rulebook-'));
    const file = join(folder, 'twice.rulebook.json');
    const { document } = builtInRulebook();
    await writeFile(file, JSON.stringify(document).replace('{', '{"id":"another",'));
    expect(() => readRulebook(file)).toThrow(`${file} has a duplicate member: id appears more than once`);
    await rm(folder, { recursive: true });
  });
});
