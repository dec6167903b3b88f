import { useSignal } from '@preact/signals';
import { rulebook } from '../../api/ledger.js';
import type { CountryView, Determination } from '../../api/answers.js';
import { dayOf, grouped, timeOf } from '../../format.js';
import { routeNames, verdictOf } from './verdict.js';

interface Shown {
  readonly determination: Determination;
  readonly destination: CountryView;
  /** Of the one item that was asked about. */
  readonly quantity: number;
  readonly command: string;
  /** When it was answered. */
  readonly atMs: number;
}

/** The answer, then every step with its citation, then what one would owe. */
export function Answer({ determination, destination, quantity, command, atMs }: Shown) {
  const { tpp } = determination;
  const { isYes, headline, rest } = verdictOf(determination, destination);
  return (
    <>
      <section class={`card answer${isYes ? '' : ' no'}`} aria-label="Answer">
        <h2>{headline}</h2>
        <p class="second">
          {grouped(quantity)} × {grouped(tpp / quantity)} = <b>{grouped(tpp)} TPP</b>. {rest}
        </p>
        <p class="small quiet">
          As of {dayOf(new Date(atMs).toISOString())}, {timeOf(atMs)} UTC. It is asked again by itself when the figures of {destination.name} change.
        </p>
        <Copy text={command} />
      </section>
      <Steps determination={determination} />
      <Duties duties={determination.obligations} />
    </>
  );
}

function Copy({ text }: { readonly text: string }) {
  const isCopied = useSignal(false);
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => (isCopied.value = true));
  return (
    <button class="button plain" onClick={copy}>
      {isCopied.value ? 'Copied' : 'Copy as curl'}
    </button>
  );
}

function Steps({ determination: { routesConsidered } }: { readonly determination: Determination }) {
  const inOrder = [...routesConsidered].sort((a, b) => Number(b.applicable) - Number(a.applicable));
  return (
    <section class="card" aria-labelledby="steps">
      <header>
        <h2 id="steps">How this was decided</h2>
        <span class="small quiet">
          rule {rulebook.value?.id} {rulebook.value?.version}
        </span>
      </header>
      <ul class="steps pad">
        {inOrder.map(({ route, applicable, reasons }) => (
          <li key={route}>
            <span aria-hidden="true" class={applicable ? 's-open' : 'quiet'}>
              {applicable ? '✓' : '–'}
            </span>
            <div>
              <b>{routeNames[route] ?? route}</b> {applicable ? 'applies' : 'does not apply'}
              {reasons.map(({ text, citation }) => (
                <p key={text}>
                  {text} <cite>{citation}</cite>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Duties({ duties }: { readonly duties: Determination['obligations'] }) {
  return (
    <section class="card" aria-labelledby="duties">
      <header>
        <h2 id="duties">What you would owe</h2>
      </header>
      {duties.length === 0 ? (
        <p class="pad second">This route brings no duty of its own.</p>
      ) : (
        <ul class="steps pad">
          {duties.map(({ kind, text, citation, dueAt }) => (
            <li key={kind}>
              <span aria-hidden="true" class="s-open">
                ✓
              </span>
              <div>
                {text} {dueAt !== null && <b>By {dayOf(dueAt)}.</b>} <cite>{citation}</cite>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
