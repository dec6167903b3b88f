import type { Body } from '#wire';
import { percentText, renderTable, tppText, type Column } from './table.js';
import { styled } from './terminal.js';

const kindWords: Readonly<Record<Body<'SimulatedDifference'>['kind'], string>> = {
  'allowed-to-refused': 'allowed, would be refused',
  'refused-to-allowed': 'refused, would be allowed',
  'other-refusal': 'refused, for another reason',
  'other-route': 'allowed, by another route',
  'other-line': 'allowed, on another line',
  'other-debit': 'allowed, debiting another amount',
};

/** What a draft would have changed, for people. */
export function renderSimulation(answer: Body<'Simulation'>, colors: boolean): string {
  const { draft, rulebook, replayed, position, counts, items, nextCursor, notes } = answer;
  const inForce = rulebook === null ? 'no rulebook is in force' : `in force: ${rulebook.id} ${rulebook.version}`;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = [
    `${styled(`Draft ${draft.id} ${draft.version}`, 'bold', colors)}, replayed over ${replayed.events} events up to position ${position} (${inForce}).`,
    total === 0
      ? styled(`All ${replayed.decisions} decisions stay as they were.`, 'green', colors)
      : `${total} of ${replayed.decisions} decisions would have differed:\n${countsTable(answer)}`,
    linesOf(answer, colors),
  ];
  if (items.length > 0) parts.push(items.map((item) => renderDifference(item, colors)).join('\n'));
  if (nextCursor !== null) parts.push(`More differences: --cursor ${nextCursor}, or --json with --limit.`);
  parts.push(notes.map((note) => `Note: ${note}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

function countsTable({ counts }: Body<'Simulation'>): string {
  const rows = (Object.keys(kindWords) as Body<'SimulatedDifference'>['kind'][])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => [String(counts[kind]), kindWords[kind]]);
  return renderTable([{ title: 'Count', align: 'right' }, { title: 'What', align: 'left' }], rows);
}

/** Two rows for each line that differs: as recorded, and under the draft. */
function linesOf({ lines, linesLeftOut, at }: Body<'Simulation'>, colors: boolean): string {
  const differing = lines.filter(({ differs }) => differs);
  const same = lines.length - differing.length + linesLeftOut;
  if (differing.length === 0) return `The ${same} quota lines would stand as they do.`;
  const columns: readonly Column[] = ['Line', '', 'Allocation', 'Exported', 'Reserved', 'Available', 'Used', 'Status'].map((title, index) => ({
    title,
    align: index < 2 || index === 7 ? 'left' : 'right',
  }));
  const rows = differing.flatMap(({ line, recorded, simulated }: Body<'SimulatedLine'>) => [
    [line, 'recorded', ...amounts(recorded)],
    ['', 'draft', ...amounts(simulated)],
  ]);
  const others = same === 0 ? '' : ` ${same} other lines would stand as they do.`;
  return `${renderTable(columns, rows)}\n${styled(`Amounts in TPP, caps as of ${at}.${others}`, 'dim', colors)}`;
}

function amounts({ allocation, exported, reserved, available, utilization, status }: Body<'SimulatedLine'>['recorded']): readonly string[] {
  return [tppText(allocation), tppText(exported), tppText(reserved), tppText(available), percentText(utilization), status];
}

function renderDifference(difference: Body<'SimulatedDifference'>, colors: boolean): string {
  const { kind, position, operation, exporter, destination, recorded, simulated, reasons } = difference;
  const who = [operation, exporter, destination === null ? null : `to ${destination}`].filter((part) => part !== null).join(' ');
  return [
    `${styled(`#${position}`, 'bold', colors)} ${who}: ${kindWords[kind]}`,
    `  recorded  ${decisionText(recorded)}`,
    `  draft     ${decisionText(simulated)}`,
    ...reasons.map(({ text, citation }) => `  because   ${text} (${citation})`),
  ].join('\n');
}

function decisionText({ outcome, code, route, line, tpp, debitedTpp }: Body<'SimulatedDifference'>['recorded']): string {
  const size = tpp === null ? '' : `${tppText(tpp)} TPP `;
  const where = line === null ? '' : ` on ${line}`;
  if (outcome === 'refused') return `${size}refused${where}: ${code ?? ''}`;
  const way = route === null ? '' : ` by route ${route}`;
  return `${size}allowed${way}${where}, debiting ${tppText(debitedTpp)} TPP`;
}
