import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { NotRead, read } from './read.js';

export type Reading<Answer> = { readonly answer: Answer } | { readonly failed: NotRead } | undefined;

/**
 * Reads a source of a page by itself, anew when `revision` changes: until then the former answer stays. What it may not
 * read, or cannot, is told in its place; the other sources of the page go on.
 */
export function useRead<Answer>(path: string, revision: string | number): Reading<Answer> {
  const reading = useSignal<Reading<Answer>>(undefined);
  useEffect(() => {
    const abort = new AbortController();
    read<Answer>(path, abort.signal).then(
      (answer) => (reading.value = { answer }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        reading.value = { failed: error instanceof NotRead ? error : new NotRead(0, String(error)) };
      },
    );
    return () => abort.abort();
  }, [path, revision, reading]);
  return reading.value;
}
