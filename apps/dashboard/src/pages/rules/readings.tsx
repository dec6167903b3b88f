import { counted, nameAsWords } from '../../format.js';
import { asWords, type Reading, type RulebookDocument } from './rulebook-document.js';

/** How the silences of the text are read: the question, the answer that was chosen, and why. */
export function Readings({ document: { policy } }: { readonly document: RulebookDocument }) {
  const readings = Object.entries(policy?.readings ?? {});
  return (
    <section class="card" aria-labelledby="readings">
      <header>
        <h2 id="readings">Where the text is silent</h2>
        <span class="small quiet">{counted(readings.length, 'reading', 'readings')}</span>
      </header>
      <p class="pad second">The regulation leaves these questions open. Each answer is a choice of this rulebook, with its reason and what else it could have been.</p>
      <ul class="readings">
        {readings.map(([name, reading]) => (
          <li key={name}>
            <ReadingItem name={name} reading={reading} />
          </li>
        ))}
      </ul>
      {readings.length === 0 && <p class="pad second">This rulebook answers no open question.</p>}
    </section>
  );
}

function ReadingItem({ name, reading: { question, value, reason, alternatives = [], citation } }: { readonly name: string; readonly reading: Reading }) {
  return (
    <details id={`reading-${name}`}>
      <summary>
        {question ?? nameAsWords(name)} <b>{asWords(value)}</b>
      </summary>
      <p>{reason}</p>
      {alternatives.length > 0 && (
        <p>
          <span class="quiet">Instead of:</span> {alternatives.map((each) => asWords(each).toLowerCase()).join(', ')}
        </p>
      )}
      <cite>
        {citation} <code>{name}</code>
      </cite>
    </details>
  );
}
