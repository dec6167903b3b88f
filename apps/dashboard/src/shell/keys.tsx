import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { pages } from '../pages.js';
import { goTo } from '../router.js';

const storageName = 'quota-ledger-keys';
const isHelpOpen = signal(false);
/** Single keys can be switched off: who speaks to the browser would press them by accident. */
const areKeysOn = signal(globalThis.localStorage?.getItem(storageName) !== 'off');

const afterG: ReadonlyMap<string, string> = new Map(pages.flatMap(({ key, path }) => (key === undefined ? [] : [[key, path]])));
const sequenceMs = 1_000;
let gPressedAt = -Infinity;

export function followKeys(): void {
  addEventListener('keydown', (event) => {
    if (isHelpOpen.value || !areKeysOn.value || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
    const page = performance.now() - gPressedAt < sequenceMs ? afterG.get(event.key) : undefined;
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

const rows: readonly (readonly [readonly string[], string])[] = [
  [['/'], 'search a country'],
  ...pages.flatMap(({ key, title }) => (key === undefined ? [] : [[['g', key], title.toLowerCase()] as const])),
  [['?'], 'this list'],
];

/** The list of keys. The browser keeps the focus in it while it is open, and gives it back. */
export function KeyHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <dialog class="card help" ref={dialog} aria-labelledby="keys" onClose={() => (isHelpOpen.value = false)}>
      <h2 id="keys">Keys</h2>
      <dl>
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input type="checkbox" checked={areKeysOn.value} onChange={(event) => switchKeys(event.currentTarget.checked)} />
        Keys are on. They never act in a field.
      </label>
      <button class="button plain" autofocus onClick={() => dialog.current?.close()}>
        Close
      </button>
    </dialog>
  );
}
