import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#ledger';
import type { ObligationRow, Views } from '#projections';
import { PartyBook } from '../companies/party-book.js';
import { Problem } from '../http/problem.js';
import { CLOCK, VIEWS } from '../tokens.js';

/** Obligations as they are answered: with the name under which the party is registered now. */
@Injectable()
export class ObligationBook {
  constructor(
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly parties: PartyBook,
  ) {}

  /** Exporters are in no register and keep their name. */
  named(row: ObligationRow): ObligationRow {
    return row.party.role === 'exporter' ? row : { ...row, party: this.parties.named(row.party) };
  }

  /** @throws Problem (404) `obligation-not-found` */
  async find(obligationId: string): Promise<ObligationRow> {
    const row = await this.views.ask('obligation', { id: obligationId, nowMs: this.clock() });
    if (row !== undefined) return this.named(row);
    throw new Problem(
      'obligation-not-found',
      `There is no obligation ${obligationId}. Either the id is wrong, or the export that gave rise to it was reversed (or the hold ` +
        'ended) before it was fulfilled: then nothing is owed any more. GET /v1/obligations lists those that there are.',
    );
  }
}
