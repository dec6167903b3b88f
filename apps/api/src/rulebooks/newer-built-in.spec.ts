import { builtInRulebook, loadRulebook } from '#rulebook';
import { newerBuiltIn } from './newer-built-in.js';

const { document } = builtInRulebook();
const version = (text: string, id = 'us-ai-diffusion') => loadRulebook({ ...document, id, version: text });

describe('the built-in rulebook', () => {
  it.each([
    ['2025-01-15', '2025-01-15.2'],
    ['2025-01-15.2', '2025-01-15.10'],
    ['2025-01-15.2', '2026-07-10'],
  ])('is newer than %s in version %s, and not the other way round', (older, newer) => {
    expect(newerBuiltIn(version(older).reference, version(newer))?.reference.version).toBe(newer);
    expect(newerBuiltIn(version(newer).reference, version(older))).toBeUndefined();
    expect(newerBuiltIn(version(older).reference, version(older))).toBeUndefined();
  });

  it('is no newer version of a rulebook of another id', () => {
    expect(newerBuiltIn(version('2025-01-15', 'mine').reference, version('2025-01-15.2'))).toBeUndefined();
  });
});
