import { IsObject } from 'class-validator';
import { builtInWord, type RulebookOrder } from '#wire';
import { About, OrWord } from '../validation/members.js';

export class AdoptionDto implements RulebookOrder {
  @About('A whole rulebook document, as in a rulebook file; or the one that the build of the ledger brings along.')
  @OrWord(builtInWord)
  @IsObject({ message: `rulebook must be a rulebook document (an object), or "${builtInWord}"` })
  readonly rulebook!: object | typeof builtInWord;
}
