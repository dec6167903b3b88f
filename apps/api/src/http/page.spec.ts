import type { FastifyRequest } from 'fastify';
import { nextLink } from './page.js';

const linkOf = (url: string): string | undefined => nextLink({ url } as FastifyRequest, 'c2')[1];

describe('the link to the next page', () => {
  it.each([
    ['/v1/companies', '/v1/companies?cursor=c2'],
    ['/v1/companies?limit=2&cursor=c1', '/v1/companies?limit=2&cursor=c2'],
    ['/v1/exports?exporter=Who?&limit=2', '/v1/exports?exporter=Who%3F&limit=2&cursor=c2'],
    ['/v1/exports?exporter=A?limit=9?&limit=2', '/v1/exports?exporter=A%3Flimit%3D9%3F&limit=2&cursor=c2'],
  ])('of %s keeps everything but the cursor', (url, next) => {
    expect(linkOf(url)).toBe(`<${next}>; rel="next"`);
  });
});
