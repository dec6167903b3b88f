const terminalMs = 500;
const linesMs = 5_000;

/**
 * Says on stderr that something goes on, for how long and how far, until the returned function is called: on a terminal in
 * one line, elsewhere a line every five seconds.
 * @param how far it is, for people; left out: only for how long
 */
export function showProgress(what, how = () => undefined) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const text = () => [`${what}: ${seconds()} s`, how()].filter((part) => part !== undefined).join(', ');
  const isTerminal = process.stderr.isTTY === true;
  const say = () => process.stderr.write(isTerminal ? `\r\u001b[K${text()}` : `${text()}\n`);
  const timer = setInterval(say, isTerminal ? terminalMs : linesMs);
  return () => {
    clearInterval(timer);
    if (isTerminal) process.stderr.write('\r\u001b[K');
    return seconds();
  };
}
