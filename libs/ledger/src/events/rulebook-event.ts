import type { Rulebook } from '#rulebook';
import type { AnswersById, Recorded } from './recorded.js';

/**
 * In the stream `rulebook`: the whole document, so that the log explains itself. Only an adoption by order answers a
 * command; that of an empty log answers none.
 */
export interface RulebookAdopted extends Recorded, Partial<AnswersById> {
  readonly type: 'RulebookAdopted';
  readonly hash: string;
  readonly document: Rulebook;
}
