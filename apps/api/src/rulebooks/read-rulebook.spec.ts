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
    expect((await readRulebook(file)).hash).toBe(hash);
    await rm(folder, { recursive: true });
  });
});
