import 'reflect-metadata';
import { routeFactNames } from '#rulebook';
import { membersOf } from '../validation/dto-members.js';
import { FactsDto } from './facts.dto.js';

describe('FactsDto', () => {
  it('takes the facts that the routes of the rulebook ask for, and no others', () => {
    const names = membersOf(FactsDto).map(({ name }) => name);
    expect([...names].sort()).toEqual([...routeFactNames].sort());
  });
});
