import { RulebookInvalid } from '#rulebook';
import { MemoryLedger, smallCaps, word } from './memory-ledger.js';
import { rulebookAtStart, type RulebookChoice } from './rulebook-at-start.js';

const old = smallCaps({ version: 'old' });
const builtIn = smallCaps({ version: 'of-this-build' });
const newer = smallCaps({ version: 'newer' });

function chosen(over: Partial<RulebookChoice>): string {
  return rulebookAtStart({ named: undefined, builtIn, adopted: [], isShared: true, ...over }).rulebook.reference.version;
}

describe('the rulebook of a process that starts', () => {
  it('is that of its build on an empty log, and where it is in force or was never adopted', () => {
    expect(chosen({})).toBe('of-this-build');
    expect(chosen({ adopted: [old, builtIn] })).toBe('of-this-build');
    expect(chosen({ adopted: [old] })).toBe('of-this-build');
  });

  it('stays the one in force where that took the place of the one of the build, and says so', () => {
    const { rulebook, explanation } = rulebookAtStart({ named: undefined, builtIn, adopted: [builtIn, newer], isShared: true });
    expect(rulebook.hash).toBe(newer.hash);
    expect(explanation).toContain('small-caps newer in place of small-caps of-this-build');
  });

  it('is taken back on a log that is nobody else\'s, unless it is to stay', () => {
    expect(chosen({ adopted: [builtIn, newer], isShared: false })).toBe('of-this-build');
    expect(chosen({ adopted: [builtIn, newer], isShared: false, keep: true })).toBe('newer');
    expect(chosen({ adopted: [old], keep: true })).toBe('old');
  });

  it('is the one of a file that was named, whatever was adopted', () => {
    expect(chosen({ named: old, adopted: [old, newer], keep: true })).toBe('old');
  });

  it('cannot be one of a newer build that this one does not understand', () => {
    const adopted = [builtIn, { hash: 'x', document: { ...newer.document, routes: 'of another kind' } as never }];
    expect(() => chosen({ adopted })).toThrow(RulebookInvalid);
  });
});

describe('a ledger whose rulebook another process replaces', () => {
  it('decides nothing more, and says so once', async () => {
    const told: string[] = [];
    const memory = await MemoryLedger.shared({ rulebook: old, onSuperseded: (message) => told.push(message) });
    const other = await memory.another({ rulebook: newer });
    const [first, second] = await memory.log();
    memory.ledger.rulebookAdopted({ hash: old.hash, position: first?.position ?? 0 });
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    const adopted = { hash: newer.hash, position: second?.position ?? 0 };
    memory.ledger.rulebookAdopted(adopted);
    memory.ledger.rulebookAdopted(adopted);
    expect(await memory.reserve(1)).toMatchObject({ code: 'store-unavailable', detail: expect.stringContaining(newer.hash) as string });
    expect(told).toEqual([expect.stringContaining('small-caps old') as string]);
    other.ledger.rulebookAdopted({ hash: old.hash, position: first?.position ?? 0 });
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
  });

  it('finds that on a line, before its views tell it; of one that it replaced itself it thinks nothing', async () => {
    const told: string[] = [];
    const memory = await MemoryLedger.shared({ rulebook: old, onSuperseded: (message) => told.push(message) });
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    const other = await memory.another({ rulebook: newer });
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
    const log = (await memory.log()).length;
    for (let n = 0; n < 2; n += 1) {
      expect(await memory.reserve(1)).toMatchObject({ code: 'store-unavailable', detail: expect.stringContaining(newer.hash) as string });
    }
    expect(await memory.log()).toHaveLength(log);
    expect(told).toHaveLength(1);
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
  });
});
