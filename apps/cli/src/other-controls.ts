import type { ItemLevel } from '#rulebook';

/** A reason why an item may need a licence that a rulebook of quotas does not show. */
export interface OtherControl {
  readonly text: string;
  readonly citation: string;
}

const endUse: OtherControl = {
  text:
    'An end use or end user may need a licence for any item: supercomputers and the making of advanced chips, military end uses, ' +
    'parties on the Entity List.',
  citation: '15 CFR 744.11, 744.21, 744.23',
};

const otherEccn: OtherControl = {
  text: 'Another ECCN of the Commerce Control List may control it, as 3A991 or 4A994.',
  citation: '15 CFR Part 774, Supplement No. 1',
};

/** No ECCN says it, so no figure of the item shows it. */
const letters: OtherControl = {
  text:
    'The Bureau of Industry and Security also asks for licences by letter. From April 2025 it asked for one for the NVIDIA H20, and any ' +
    'circuit with its memory bandwidth or interconnect bandwidth, to China (with Hong Kong and Macau), to Country Group D:5 and to companies ' +
    'headquartered there. The letters are not public and may have changed: ask the maker of the chip, or the Bureau.',
  citation: '15 CFR 744.23(b); NVIDIA Corporation, Form 8-K of 15 April 2025',
};

/**
 * What else to look at, once an item is classified under 3A090 and 4A090.
 * @param tpp null where it is not known; without any computing power the letters of April 2025 are beside the point
 */
export function otherControls({ level, tpp }: { readonly level: ItemLevel | 'unknown'; readonly tpp: number | null }): readonly OtherControl[] {
  return [...(level === 'a' || tpp === 0 ? [] : [letters]), ...(level === 'uncontrolled' ? [otherEccn] : []), endUse];
}
