import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader } from '#ledger';
import { EmbeddedLog } from '../runner/embedded-log.js';
import { ViewsRunner } from '../runner/views-runner.js';
import type { FromViews, ToViews, ViewsThreadData } from './thread-message.js';

// The thread that keeps the views of an embedded log up to date and answers questions about them.

if (!parentPort) throw new Error('This file is a worker thread: use openViews.');
const main = parentPort;
const { file, directory, port } = workerData as ViewsThreadData;
const tell = (message: FromViews): void => main.postMessage(message);
const explain = (reason: string): void => tell({ type: 'explained', reason });
const runner = new ViewsRunner({ log: new EmbeddedLog(openLogReader({ file, port })), directory, tell, explain });

main.on('message', (message: ToViews) => {
  switch (message.type) {
    case 'ask':
      runner.answer(message.question).then(
        (value) => tell({ type: 'answer', id: message.id, value }),
        (reason: unknown) => {
          const error = reason instanceof Error ? reason : new Error(String(reason));
          tell({ type: 'refusal', id: message.id, error, name: error.name });
        },
      );
      return;
    case 'hurry':
      return runner.hurry();
    case 'release':
      return runner.release();
    case 'close':
      void runner.stop().finally(() => main.close());
  }
});
tell(runner.opened);
runner.start();
