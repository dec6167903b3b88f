import { answerOf, createLedgerClient, LedgerProblem } from '../src/index.js';

const ledger = createLedgerClient({ baseUrl: process.argv[2] ?? 'http://127.0.0.1:3000' });

// The key says which request this is: sent again, it gets the first answer and reserves nothing more.
const order = 'PO-4711';
try {
  const reservation = await answerOf(
    ledger.POST('/v1/reservations', {
      params: { header: { 'Idempotency-Key': `reserve-${order}` } },
      body: { destination: 'AE', exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1000 }], reference: order },
    }),
  );
  console.log(`${reservation.tpp} TPP reserved, ${reservation.balance.available} left for ${reservation.destination}`);

  const shipped = await answerOf(
    ledger.POST('/v1/reservations/{id}/exports', {
      params: { path: { id: reservation.id }, header: { 'Idempotency-Key': `export-${order}-1` } },
      body: { items: [{ chip: 'nvidia-h100-sxm5', quantity: 400 }], exportedAt: new Date().toISOString() },
    }),
  );
  console.log(`${shipped.tpp} TPP exported`);
} catch (error) {
  if (!(error instanceof LedgerProblem)) throw error;
  console.log(`Refused: ${error.code}. ${error.message}`);
}
