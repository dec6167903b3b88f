/** What a `curl` command of the documentation asks for. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Reads a command as a shell and curl would, as far as the documentation goes: single and double quotes, continued
 * lines, and the options -s, -i, -X, -H and -d.
 * @throws Error for anything else: documentation that this cannot read is not tested
 */
export function parseCurl(command: string): CurlRequest {
  const [program, ...words] = shellWords(command);
  if (program !== 'curl') throw new Error(`Not a curl command: ${command}`);
  let method: string | undefined;
  let url: string | undefined;
  let body: string | undefined;
  const headers: Record<string, string> = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-s' || word === '-i' || word === '-si') continue;
    if (word === '-X') method = words.shift();
    else if (word === '-d') body = words.shift();
    else if (word === '-H') {
      const header = words.shift() ?? '';
      const colon = header.indexOf(':');
      headers[header.slice(0, colon).trim()] = header.slice(colon + 1).trim();
    } else if (word.startsWith('-')) throw new Error(`The option ${word} of curl is not known here.`);
    else url = word;
  }
  if (url === undefined) throw new Error(`No address in: ${command}`);
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body };
}

/** The words of a command as a shell reads them. */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  const word = /(?:[^\s'"\\]|'[^']*'|"[^"]*"|\\[^\n])+/g;
  for (const [text] of command.replace(/\\\n/g, ' ').matchAll(word)) {
    words.push(text.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, (_, single?: string, double?: string, escaped?: string) => single ?? double ?? escaped ?? ''));
  }
  return words;
}
