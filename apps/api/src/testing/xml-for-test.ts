/** An element of XML as specs look at it. Throws for what is not well formed; knows no more of XML than our feeds have. */
export class XmlForTest {
  private constructor(
    private readonly name: string,
    private readonly attributes: ReadonlyMap<string, string>,
    private readonly children: (XmlForTest | string)[],
  ) {}

  static parse(xml: string): XmlForTest {
    const root = new XmlForTest('', new Map(), []);
    const open = [root];
    const tokens = /<\?[^>]*\?>|<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/g;
    for (const [, closing, name, attributes = '', single, text, stray] of xml.matchAll(tokens)) {
      const within = open.at(-1);
      if (within === undefined || stray !== undefined) throw new Error('Not well formed.');
      if (text !== undefined) within.children.push(unescaped(text));
      else if (closing === '/') {
        if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing.`);
      } else if (name !== undefined) {
        const given = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescaped(value)] as const);
        const element = new XmlForTest(name, new Map(given), []);
        within.children.push(element);
        if (single === '') open.push(element);
      }
    }
    const [first] = root.children.filter((child) => child instanceof XmlForTest);
    if (open.length !== 1 || first === undefined) throw new Error('Not well formed.');
    return first;
  }

  all(name: string): readonly XmlForTest[] {
    return this.children.filter((child) => child instanceof XmlForTest).filter((child) => child.name === name);
  }

  /** Of the first child of this name. */
  text(name: string): string | undefined {
    return this.all(name)[0]?.children.filter((child) => typeof child === 'string').join('');
  }

  attribute(name: string): string | undefined {
    return this.attributes.get(name);
  }
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  if (/&(?!(?:amp|lt|gt|quot);)/.test(text) || text.includes('\u0000')) throw new Error(`Not well formed: ${text}`);
  return text.replace(/&(\w+);/g, (whole, name: string) => named[name] ?? whole);
}
