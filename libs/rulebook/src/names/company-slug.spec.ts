import { companySlug } from './company-slug.js';

describe('companySlug', () => {
  it.each([
    ['Falcon Holding', 'falcon-holding'],
    ['  FALCON -- Holding, Ltd. ', 'falcon-holding-ltd'],
    ['Société Générale', 'societe-generale'],
    ['Ｆａｌｃｏｎ', 'falcon'],
    ['华为技术', '华为技术'],
    ['삼성', '삼성'],
    ['a:b:c', 'a-b-c'],
    ['!!!', ''],
  ])('of %j is %j', (name, slug) => {
    expect(companySlug(name)).toBe(slug);
    expect(companySlug(slug)).toBe(slug);
  });

  it('has at most 64 characters and no dash at its end', () => {
    expect(companySlug(`${'x'.repeat(63)} yz`)).toBe('x'.repeat(63));
  });
});
