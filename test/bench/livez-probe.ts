// A worker thread that asks /livez without pause and tells the longest wait since it was last asked for it.
import { request, Agent } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { port } = workerData as { readonly port: number };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let sentAt = performance.now();
let longestMs = 0;

function ask(): void {
  sentAt = performance.now();
  const asked = request({ port, host: '127.0.0.1', path: '/livez', agent }, (response) => {
    response.resume();
    response.on('end', () => {
      longestMs = Math.max(longestMs, performance.now() - sentAt);
      setTimeout(ask, 1);
    });
  });
  asked.on('error', (error) => {
    throw error;
  });
  asked.end();
}

parentPort?.on('message', () => {
  // A request that has no answer yet counts as well.
  parentPort?.postMessage(Math.max(longestMs, performance.now() - sentAt));
  longestMs = 0;
});
ask();
