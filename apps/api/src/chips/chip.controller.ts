import { Controller } from '@nestjs/common';
import { Ledger } from '#ledger';
import { nearItems, readFormats, type CompiledRulebook, type ExplainRequest } from '#rulebook';
import type { Body } from '#wire';
import { json, type Answer } from '../http/answer.js';
import { invalid, Problem } from '../http/problem.js';
import { ReadingTurns } from '../http/reading-turns.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { catalogue, catalogueBody, describedBody } from './chip-body.js';
import { ChipQuery, OneChipQuery } from './chip.query.js';

const describing = ['denseTops', 'bitLength', 'formats', 'units', 'dieAreaMm2'] as const;
const narrowing = ['q', 'kind', 'vendor', 'eccn', 'level'] as const;

@Controller('v1/chips')
export class ChipController {
  constructor(
    private readonly ledger: Ledger,
    private readonly turns: ReadingTurns,
  ) {}

  @Operation('GET', '', {
    tag: 'Rulebook',
    summary: 'The chip catalogue, and the classification of a described item',
    description:
      'Chips and systems of the rulebook in force, each with the arithmetic of its classification; all on one page. ' +
      'With `denseTops` and `bitLength`, or with `formats`, the answer is the one item that they describe.',
    query: ChipQuery,
    answers: { 200: { text: 'Chips and systems, or the described item.', schema: 'ChipList' } },
  })
  async list({ query }: Call<undefined, ChipQuery>): Promise<Answer<'ChipList'>> {
    await this.turns.next();
    const { rulebook } = this.ledger;
    const isDescribed = describing.some((name) => query[name] !== undefined);
    const items = isDescribed
      ? [bodyOf(describedBody(rulebook, describedItem(query)))]
      : narrowed(catalogue(rulebook), query);
    return json(200, { items, nextCursor: null });
  }

  @Operation('GET', ':id', {
    tag: 'Rulebook',
    summary: 'Read a chip or system',
    description: 'With the arithmetic of its classification, step by step, each with its paragraph.',
    path: { id: 'Id of the chip or system, as nvidia-h100-sxm5.' },
    query: OneChipQuery,
    answers: { 200: { text: 'The chip or system.', schema: 'Chip' } },
    problems: ['chip-not-found'],
  })
  one({ query: { dieAreaMm2 } }: Call<undefined, OneChipQuery>, id: string): Answer<'Chip'> {
    const { rulebook } = this.ledger;
    requireItem(rulebook, id);
    const area = dieAreaMm2 === undefined ? {} : { dieAreaMm2: Number(dieAreaMm2) };
    return json(200, bodyOf(catalogueBody(rulebook, id, area)));
  }
}

/** @throws Problem (404) that names the ids that come near. */
function requireItem(rulebook: CompiledRulebook, id: string): void {
  if (rulebook.chip(id) !== undefined || rulebook.system(id) !== undefined) return;
  const near = nearItems(rulebook, id);
  const hint = near.length === 0 ? '' : ` Near: ${near.join(', ')}.`;
  throw new Problem('chip-not-found', `The rulebook in force knows no chip or system ${id.slice(0, 100)}.${hint}`);
}

/** @throws Problem (400) for a vendor of nothing, which names those that there are */
function narrowed(bodies: readonly Body<'Chip'>[], query: ChipQuery): readonly Body<'Chip'>[] {
  const vendors = [...new Set(bodies.flatMap(({ vendor }) => vendor ?? []))].sort();
  const { vendor } = query;
  if (vendor !== undefined && !vendors.some((each) => each.toLowerCase() === vendor.toLowerCase())) {
    throw faulty('vendor', `vendor must be one that the rulebook in force has: ${vendors.join(', ')}`);
  }
  return bodies.filter((body) => isAskedFor(body, query));
}

function isAskedFor(body: Body<'Chip'>, { q, kind, vendor, eccn, level, datacenter }: ChipQuery): boolean {
  const words = `${body.id} ${body.name}`.toLowerCase();
  const paragraphs = [body.eccn, body.paragraph ?? body.eccn];
  return (
    (q === undefined || words.includes(q.toLowerCase())) &&
    (kind ?? body.kind) === body.kind &&
    (vendor === undefined || body.vendor?.toLowerCase() === vendor.toLowerCase()) &&
    (eccn === undefined || paragraphs.some((each) => each === eccn || each.startsWith(`${eccn}.`))) &&
    (level ?? body.level) === body.level &&
    (datacenter === undefined || body.datacenter === (datacenter === 'true'))
  );
}

/** @throws Problem (400) for parameters that say nothing together. */
function describedItem(query: ChipQuery): ExplainRequest {
  const { denseTops, bitLength, formats, units, dieAreaMm2, datacenter } = query;
  const foreign = narrowing.find((name) => query[name] !== undefined);
  if (foreign !== undefined) {
    throw faulty(foreign, `${foreign} narrows the catalogue and does not go with figures that describe an item`);
  }
  if (denseTops === undefined && bitLength !== undefined) throw faulty('denseTops', 'denseTops is needed with bitLength');
  if (denseTops !== undefined && bitLength === undefined) throw faulty('bitLength', 'bitLength is needed with denseTops');
  if (denseTops === undefined && formats === undefined) {
    throw faulty('formats', 'denseTops and bitLength, or formats, are needed to describe an item');
  }
  const texts = formats?.split(',') ?? [];
  if (denseTops !== undefined) texts.push(`${bitLength}-bit:${denseTops}:${bitLength}`);
  const read = readFormats(texts, units === undefined ? 1 : Number(units));
  if (read.problem !== undefined) throw faulty('formats', read.problem);
  return {
    units: read.units,
    ...(dieAreaMm2 !== undefined && { dieAreaMm2: Number(dieAreaMm2) }),
    ...(datacenter !== undefined && { datacenter: datacenter === 'true' }),
  };
}

/** @throws Problem (400) where the figures cannot be. */
function bodyOf(body: ReturnType<typeof describedBody>): Body<'Chip'> {
  if (!('problem' in body)) return body;
  // Only `formats` can still be out of range here: single figures have been looked at.
  throw faulty(body.member === 'units' ? 'formats' : body.member, body.problem);
}

function faulty(name: string, message: string): Problem {
  return invalid([{ in: 'query', pointer: `/${name}`, message }]);
}
