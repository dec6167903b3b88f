import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ledgerNowMs } from './clock.js';
import { NotRead, read } from './read.js';

export type Reading<Answer> =
  | { readonly answer: Answer; /** Since when a newer answer cannot be had (milliseconds); undefined while this is the newest. */ readonly staleSinceMs?: number }
  | { readonly failed: NotRead }
  | undefined;

const retryMs = 3_000;

/**
 * Reads a source of a page by itself, anew when `revision` changes: until then the former answer stays. What it may not
 * read is told in its place. What cannot be read now is tried again, and the former answer stays meanwhile.
 * @param path undefined: nothing is read yet
 */
export function useRead<Answer>(path: string | undefined, revision: string | number = ''): Reading<Answer> {
  const reading = useSignal<{ readonly path: string; readonly state: Reading<Answer> } | undefined>(undefined);
  useEffect(() => {
    if (path === undefined) return undefined;
    const abort = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    const readOnce = (): void => {
      read<Answer>(path, abort.signal).then(
        (answer) => (reading.value = { path, state: { answer } }),
        (error: unknown) => {
          if (abort.signal.aborted) return;
          const failed = error instanceof NotRead ? error : new NotRead(0, String(error));
          reading.value = { path, state: failed.mayPass ? kept(stateOf(reading.peek(), path), failed) : { failed } };
          if (failed.mayPass) retry = setTimeout(readOnce, retryMs);
        },
      );
    };
    readOnce();
    return () => {
      abort.abort();
      clearTimeout(retry);
    };
  }, [path, revision, reading]);
  return stateOf(reading.value, path);
}

function stateOf<Answer>(reading: { readonly path: string; readonly state: Reading<Answer> } | undefined, path: string | undefined): Reading<Answer> {
  return reading?.path === path ? reading?.state : undefined;
}

function kept<Answer>(former: Reading<Answer>, failed: NotRead): Reading<Answer> {
  return former && 'answer' in former ? { ...former, staleSinceMs: former.staleSinceMs ?? ledgerNowMs() } : { failed };
}
