// Browsers that only look: each holds a connection to the stream of changes and reads what comes. Arguments: port, how many.
// Prints a line when all are connected, and ends when its input does.
import { get } from 'node:http';

const [port = '', count = ''] = process.argv.slice(2);
let connected = 0;
for (let index = 0; index < Number(count); index += 1) {
  get({ port: Number(port), host: '127.0.0.1', path: '/v1/stream', agent: false, headers: { accept: 'text/event-stream' } }, (response) => {
    if (response.statusCode !== 200) {
      process.stderr.write(`The stream answered ${response.statusCode}.\n`);
      process.exit(1);
    }
    response.resume();
    connected += 1;
    if (connected === Number(count)) process.stdout.write('connected\n');
  });
}
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
