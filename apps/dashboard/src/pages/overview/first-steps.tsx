/** What to do on a new ledger. The command works as it stands. */
export function FirstSteps() {
  const { origin } = location;
  const command = [
    `curl -X POST ${origin}/v1/reservations \\`,
    `  -H 'Content-Type: application/json' -H 'Idempotency-Key: first-steps-1' \\`,
    `  -d '{"destination":"AE","exporter":"acme-semi","items":[{"chip":"nvidia-h100-sxm5","quantity":1000}]}'`,
  ].join('\n');
  return (
    <section class="card pad" aria-labelledby="first">
      <h2 id="first">This ledger is new</h2>
      <p class="second">
        Reserve quota for a first shipment: the figures below change at once. Send the command again and the same answer comes back, for the
        key says that it is the same request.
      </p>
      <pre tabIndex={0}>{command}</pre>
      <p class="second">
        An import of shipments from a table: <code>npm run quota -- import shipments shipments.csv</code>. All of the API: <a href="/docs">documentation</a>.
      </p>
    </section>
  );
}
