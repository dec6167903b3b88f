import { signal } from '@preact/signals';
import { goTo } from '../router.js';

const storageName = 'quota-ledger-keys';
const isHelpOpen = signal(false);
/** Single keys can be switched off: who speaks to the browser would press them by accident. */
const areKeysOn = signal(globalThis.localStorage?.getItem(storageName) !== 'off');

const afterG: Readonly<Record<string, string>> = { o: '/', a: '/app/alerts', s: '/app/may-i-ship' };
const sequenceMs = 1_000;
let gPressedAt = -Infinity;

export function followKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') isHelpOpen.value = false;
    if (!areKeysOn.value || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    const page = performance.now() - gPressedAt < sequenceMs ? afterG[event.key] : undefined;
    gPressedAt = event.key === 'g' ? performance.now() : -Infinity;
    if (page !== undefined) goTo(page);
    else if (event.key === '/') search(event);
    else if (event.key === '?') openKeyHelp();
  });
}

export function openKeyHelp(): void {
  isHelpOpen.value = true;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
}

function search(event: KeyboardEvent): void {
  event.preventDefault();
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  if (field) field.focus();
  else goTo('/');
}

function switchKeys(on: boolean): void {
  areKeysOn.value = on;
  localStorage.setItem(storageName, on ? 'on' : 'off');
}

export function KeyHelp() {
  if (!isHelpOpen.value) return null;
  return (
    <div class="card help" role="dialog" aria-modal="true" aria-labelledby="keys">
      <h2 id="keys">Keys</h2>
      <dl>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>search a country</dd>
        <dt>
          <kbd>g</kbd> <kbd>o</kbd>
        </dt>
        <dd>overview</dd>
        <dt>
          <kbd>g</kbd> <kbd>a</kbd>
        </dt>
        <dd>alerts</dd>
        <dt>
          <kbd>g</kbd> <kbd>s</kbd>
        </dt>
        <dd>may I ship?</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>this list</dd>
      </dl>
      <label class="check">
        <input type="checkbox" checked={areKeysOn.value} onChange={(event) => switchKeys(event.currentTarget.checked)} />
        Keys are on. They never act in a field.
      </label>
      <button class="button plain" autofocus onClick={() => (isHelpOpen.value = false)}>
        Close
      </button>
    </div>
  );
}
