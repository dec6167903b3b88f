import {
  explainClassification,
  type CompiledChip,
  type CompiledRulebook,
  type CompiledSystem,
  type Explained,
  type ExplainRequest,
} from '#rulebook';
import type { Body } from '#wire';

const catalogues = new WeakMap<CompiledRulebook, readonly Body<'Chip'>[]>();

/** The whole catalogue, chips before systems. Worked out once for each rulebook. */
export function catalogue(rulebook: CompiledRulebook): readonly Body<'Chip'>[] {
  const known = catalogues.get(rulebook);
  if (known !== undefined) return known;
  const bodies = [...rulebook.chips, ...rulebook.systems].map(({ id }) => {
    const body = catalogueBody(rulebook, id);
    if ('problem' in body) throw new Error(body.problem);
    return body;
  });
  catalogues.set(rulebook, bodies);
  return bodies;
}

/** One chip or system of the catalogue, or why it cannot be classified so. */
export function catalogueBody(
  rulebook: CompiledRulebook,
  id: string,
  request: Omit<ExplainRequest, 'chip'> = {},
): Body<'Chip'> | Extract<Explained, { readonly problem: string }> {
  const found = explainClassification(rulebook, { ...request, chip: id });
  if (found.problem !== undefined) return found;
  const chip = rulebook.chip(id);
  const { name, vendor, datacenter, sources } = (chip ?? rulebook.system(id)) as CompiledChip | CompiledSystem;
  return {
    ...blank,
    kind: chip === undefined ? 'system' : 'chip',
    id,
    name,
    vendor,
    ...(chip !== undefined && {
      format: chip.format,
      bitLength: chip.bitLength,
      denseTops: chip.denseTops,
      dieAreaMm2: chip.dieAreaMm2 ?? request.dieAreaMm2 ?? null,
      dieAreaIsEstimate: chip.dieAreaIsEstimate,
      status: chip.status,
    }),
    ...classificationOf(found),
    datacenter,
    parts: rulebook.system(id)?.parts ?? [],
    sources,
  };
}

/** What somebody described by its figures, or what is wrong with them. */
export function describedBody(
  rulebook: CompiledRulebook,
  request: ExplainRequest,
): Body<'Chip'> | Extract<Explained, { readonly problem: string }> {
  const found = explainClassification(rulebook, request);
  if (found.problem !== undefined) return found;
  const { dieAreaMm2 = null, datacenter = true } = request;
  return { ...blank, dieAreaMm2, ...classificationOf(found), datacenter };
}

const blank = {
  kind: 'described',
  id: null,
  name: null,
  vendor: null,
  format: null,
  bitLength: null,
  denseTops: null,
  dieAreaMm2: null,
  dieAreaIsEstimate: false,
  parts: [],
  status: null,
  sources: null,
} as const;

function classificationOf(
  found: Exclude<Explained, { readonly problem: string }>,
): Pick<Body<'Chip'>, 'tppPerUnit' | 'performanceDensity' | 'eccn' | 'paragraph' | 'level' | 'arithmetic'> {
  const { tpp, performanceDensity, eccn, paragraph, level, steps } = found;
  return { tppPerUnit: tpp ?? 0, performanceDensity, eccn, paragraph, level, arithmetic: steps };
}
