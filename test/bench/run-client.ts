import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a client in a process of its own and reads the JSON line it prints. */
export function runClient<Order, Result>(name: 'load-client' | 'bulk-client', order: Order): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL(`./${name}.js`, import.meta.url)), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('close', (code) => {
      if (code === 0 && text !== '') resolve(JSON.parse(text) as Result);
      else reject(new Error(`${name} ended with ${code} and printed ${text.length} characters.`));
    });
  });
}
