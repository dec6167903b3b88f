export interface Word {
  readonly word: string;
  readonly meaning: string;
}

export interface Chapter {
  readonly title: string;
  readonly words: readonly Word[];
}

/** The chapters and words of docs/glossary.md: a heading and a table each. */
export function chaptersOf(markdown: string): readonly Chapter[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      const words = lines.flatMap((line): readonly Word[] => {
        const [, word, meaning] = /^\| (.+?) \| (.+) \|$/.exec(line) ?? [];
        return word === undefined || meaning === undefined || word === 'word' || word.startsWith('---') ? [] : [{ word, meaning }];
      });
      return { title, words };
    });
}

/** Those that have the text in the word or its meaning. */
export function searched(chapters: readonly Chapter[], text: string): readonly Chapter[] {
  const sought = text.trim().toLowerCase();
  const found = chapters.map(({ title, words }) => ({ title, words: words.filter(({ word, meaning }) => `${word} ${meaning}`.toLowerCase().includes(sought)) }));
  return found.filter(({ words }) => words.length > 0);
}

/** Code and emphasis of Markdown as parts of a text. */
export function partsOf(text: string): readonly { readonly text: string; readonly as: 'plain' | 'code' | 'em' }[] {
  return text
    .split(/(`[^`]+`|\*[^*]+\*)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('`')) return { text: part.slice(1, -1), as: 'code' };
      return part.startsWith('*') ? { text: part.slice(1, -1), as: 'em' } : { text: part, as: 'plain' };
    });
}
