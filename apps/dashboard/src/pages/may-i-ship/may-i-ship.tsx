import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Determination } from '../../api/answers.js';
import { ledgerNowMs } from '../../api/clock.js';
import { countries, isLoaded } from '../../api/ledger.js';
import { ask, NotRead } from '../../api/read.js';
import { useRead } from '../../api/use-read.js';
import { goTo, place } from '../../router.js';
import { Answer } from './answer.js';
import { ShipmentForm, type Chip } from './shipment-form.js';
import { bodyOf, curlOf, isComplete, typedIn } from './shipment.js';

/** What was asked, and the answer; `atMs` says of when it is. */
interface Answered {
  readonly determination: Determination;
  readonly body: object;
  readonly to: string;
  readonly quantity: number;
  readonly atMs: number;
}

type Asked = Answered | { readonly failed: NotRead } | undefined;

/** Which route a shipment would take and what it would use up. The form is in the address; nothing is recorded. */
export function Page() {
  const chips = useRead<{ readonly items: readonly Chip[] }>('/v1/chips', '');
  const asked = useSignal<Asked>(undefined);
  const typed = typedIn(place.value.query);
  const check = async (question: Pick<Answered, 'body' | 'to' | 'quantity'> = typedNow()): Promise<void> => {
    try {
      asked.value = { ...question, determination: await ask<Determination>('/v1/determinations', question.body), atMs: ledgerNowMs() };
    } catch (error) {
      asked.value = { failed: error instanceof NotRead ? error : new NotRead(0, String(error)) };
    }
  };
  useEffect(() => {
    if (isComplete(typedIn(place.peek().query))) void check();
  }, []);
  const clear = (): void => {
    goTo('/app/may-i-ship');
    asked.value = undefined;
  };
  const state = asked.value;
  const destination = state && 'to' in state ? countries.value.get(state.to) : undefined;
  // What was true a minute ago may be a lie now: the answer follows the figures that it stands on.
  const standsOn = destination && `${destination.lastEventAt ?? ''} ${destination.reserved} ${destination.exported} ${destination.allocation ?? ''}`;
  const before = useRef(standsOn);
  useEffect(() => {
    const isChanged = before.current !== undefined && standsOn !== undefined && before.current !== standsOn;
    before.current = standsOn;
    if (isChanged && state && 'to' in state) void check(state);
  }, [standsOn]);
  return (
    <>
      <div class="lead">
        <h1>May I ship this?</h1>
        <p>Say what goes where. You see which route applies and what it would use up. Nothing is recorded. The answer is that of the <a href="/app/rules">rulebook in force</a>, whose page says how far it is enforced.</p>
      </div>
      <div class="ask">
        {isLoaded.value && chips && 'answer' in chips ? (
          <ShipmentForm typed={typed} countries={[...countries.value.values()]} chips={chips.answer.items} check={() => void check()} clear={clear} />
        ) : (
          <div class="card pad" aria-busy="true">
            {chips && 'failed' in chips ? chips.failed.message : 'Reading the catalogue of chips'}
          </div>
        )}
        <div class="stack" aria-live="polite">
          {state && 'failed' in state && (
            <section class="card answer no" aria-label="Answer">
              <h2>This cannot be answered</h2>
              <p class="second">{state.failed.message}</p>
            </section>
          )}
          {state && 'determination' in state && destination && (
            <Answer atMs={state.atMs} determination={state.determination} destination={destination} quantity={state.quantity} command={curlOf(location.origin, state.body)} />
          )}
        </div>
      </div>
    </>
  );
}

function typedNow(): Pick<Answered, 'body' | 'to' | 'quantity'> {
  const now = typedIn(place.peek().query);
  return { body: bodyOf(now), to: now.to, quantity: Number(now.quantity) };
}
