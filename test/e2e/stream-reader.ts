import type { Json } from './answer.js';

export interface StreamEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Json;
}

/** A client of the stream that keeps everything it is told. */
export class StreamReader {
  readonly events: StreamEvent[] = [];
  #wake: () => void = () => undefined;

  private constructor(private readonly abort: AbortController) {}

  static async open(url: string, query = '', lastEventId?: string): Promise<StreamReader> {
    const abort = new AbortController();
    const response = await fetch(`${url}/v1/stream${query}`, {
      signal: abort.signal,
      headers: { Accept: 'text/event-stream', ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) },
    });
    if (response.status !== 200 || response.body === null)
      throw new Error(`The stream answers ${response.status}: ${await response.text()}`);
    const reader = new StreamReader(abort);
    const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
    // The first block says where the stream stands: from there on nothing is missed.
    void reader.#read(chunks, (await chunks.read()).value ?? '');
    return reader;
  }

  /** What has been told once `enough` says so. Rejects after five seconds. */
  async until(enough: (events: readonly StreamEvent[]) => boolean): Promise<readonly StreamEvent[]> {
    const deadline = Date.now() + 5000;
    while (!enough(this.events)) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new Error(`Not told in time. So far: ${JSON.stringify(this.events).slice(0, 1000)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return [...this.events];
  }

  close(): void {
    this.abort.abort();
  }

  async #read(chunks: ReadableStreamDefaultReader<string>, first: string): Promise<void> {
    let text = first;
    try {
      for (;;) {
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
        this.#wake();
        const { done, value } = await chunks.read();
        if (done) return;
        text += value;
      }
    } catch {
      // Closed by us, or by the server: what was told stays.
    }
  }

  #take(block: string): void {
    const fields = new Map(
      block
        .split('\n')
        .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const event = fields.get('event');
    if (event !== undefined)
      this.events.push({ event, id: fields.get('id') ?? '', data: JSON.parse(fields.get('data') ?? '{}') as Json });
  }
}
