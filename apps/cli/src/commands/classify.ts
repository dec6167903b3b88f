import { InvalidArgumentError, type Command } from 'commander';
import {
  explainClassification,
  formatForm,
  fromTpp,
  limitsInUnits,
  readFormats,
  type CompiledRulebook,
  type Explained,
  type ExplainProblem,
  type ExplainRequest,
  type LimitInUnits,
} from '#rulebook';
import { UsageError } from '../exit-code.js';
import { otherControls } from '../other-controls.js';
import { collect, instant } from '../option-values.js';
import { readRulebook } from '../rulebook-file.js';
import { renderTable, tppText } from '../table.js';
import { styled, type Terminal } from '../terminal.js';

interface Options {
  readonly chip?: string;
  readonly system?: string;
  readonly tops?: number;
  readonly bits?: number;
  readonly format?: readonly string[];
  readonly units?: number;
  readonly area?: number;
  readonly datacenter: boolean;
  readonly eccn?: string;
  readonly at?: string;
  readonly rulebook?: string;
  readonly json?: true;
}

const explanation = `
TPP is dense TOPS x bit length, the highest over the formats of a processing unit, summed over the processing units
(sparsity does not count). With the die area it gives the performance density; both decide between 3A090.a, 3A090.b
and none. A system counts the sum of its circuits. Nothing is sent or recorded, and no server is needed.

--format is ${formatForm}; give it once for each
format of the data sheet. Formats of one kind of processing unit are alternatives, kinds add up.

Other controls than 3A090 and 4A090 are not computed. The last lines name those that may apply (with --json: alsoConsider).

Examples:
  quota classify --chip nvidia-h100-sxm5
  quota classify --system nvidia-gb200-nvl72
  quota classify --tops 1979 --bits 8 --area 814
  quota classify --format FP8:1979:8 --format FP16:989.5:16 --area 814 --units 2
  quota classify --tops 588.35 --bits 8 --area 608 --no-datacenter
  quota classify --eccn 5A992.z.1
  quota classify --chip google-tpu-v4 --area 600 --json`;

export function classifyCommand(program: Command, terminal: Terminal): void {
  program
    .command('classify')
    .summary('classify an item under the rulebook, with the arithmetic')
    .description('Classifies a chip, a system or the figures of a data sheet, and shows how it is calculated.')
    .option('--chip <id>', 'a chip of the catalogue, as nvidia-h100-sxm5')
    .option('--system <id>', 'a system of the catalogue, as nvidia-gb200-nvl72')
    .option('--tops <number>', 'dense TOPS (or TFLOPS), with --bits', decimal)
    .option('--bits <number>', 'largest bit length of the inputs to the multiply, with --tops', whole)
    .option('--format <format>', 'name, dense TOPS and bits of a format, as FP8:1979:8; repeat it for each format', collect)
    .option('--units <number>', 'how many equal processing units the circuit has (default: 1)', whole)
    .option('--area <mm2>', 'applicable die area: all logic dies of a non-planar process (0: none), with at most three decimals', decimal)
    .option('--no-datacenter', 'neither designed nor marketed for datacentres')
    .option('--eccn <eccn>', 'the declared ECCN of the item')
    .option('--at <date>', 'the day (its midnight UTC) or RFC 3339 time of the limits that are shown (default: now)', instant)
    .option('--rulebook <file>', 'a rulebook file in place of the built-in rulebook')
    .option('--json', 'the result as JSON')
    .addHelpText('after', explanation)
    .action(async (options: Options) => {
      const request = requestOf(options);
      const atMs = options.at === undefined ? Date.now() : Date.parse(options.at);
      const rulebook = await readRulebook(options.rulebook);
      if (options.system !== undefined && rulebook.chip(options.system) !== undefined) {
        throw new UsageError(`${options.system} is a chip, not a system: use --chip.`);
      }
      const found = explainClassification(rulebook, request);
      if (found.problem !== undefined) throw new UsageError(`${optionOf(found.member, options)}: ${found.problem}`);
      const limits = found.level === 'a' ? limitsInUnits(rulebook, fromTpp(found.tpp ?? 0), atMs) : [];
      const { id, version, hash } = rulebook.reference;
      const { steps, ...rest } = found;
      const json = { ...rest, arithmetic: steps, limits, alsoConsider: otherControls(found), rulebook: { id, version, hash } };
      terminal.out.write(
        options.json ? `${JSON.stringify(json)}\n` : `${render(rulebook, found, limits, terminal.out.hasColors)}\n`,
      );
    });
}

/** @throws UsageError for options that say nothing, exclude or need each other. */
function requestOf(options: Options): ExplainRequest {
  const { chip, system, tops, bits, format = [], units, area, datacenter, eccn } = options;
  if (chip !== undefined && system !== undefined) throw new UsageError('--chip and --system exclude each other.');
  if ((tops === undefined) !== (bits === undefined)) throw new UsageError('--tops and --bits go together.');
  const id = chip ?? system;
  const texts = tops === undefined ? format : [...format, `${bits}-bit:${tops}:${bits}`];
  if (id !== undefined && texts.length > 0) {
    throw new UsageError(`The rulebook gives the figures of ${id}: leave out --tops, --bits and --format.`);
  }
  if (units !== undefined && texts.length === 0) {
    throw new UsageError('--units goes with --tops and --bits, or with --format.');
  }
  if (id === undefined && texts.length === 0 && eccn === undefined) {
    throw new UsageError('Name a --chip or --system, give --tops and --bits or --format, or declare an --eccn.');
  }
  const read = readFormats(texts, units);
  if (read.problem !== undefined) throw new UsageError(`${optionOf('units', options)}: ${read.problem}`);
  return {
    ...(id !== undefined && { chip: id }),
    ...(texts.length > 0 && { units: read.units }),
    ...(area !== undefined && { dieAreaMm2: area }),
    ...(!datacenter && { datacenter }),
    ...(eccn !== undefined && { eccn }),
  };
}

/** The option by which a member at fault was given. */
function optionOf(member: ExplainProblem['member'], { system, tops }: Options): string {
  switch (member) {
    case 'chip':
      return system === undefined ? '--chip' : '--system';
    case 'units':
      return tops === undefined ? '--format' : '--tops, --bits';
    case 'dieAreaMm2':
      return '--area';
    case 'datacenter':
      return '--no-datacenter';
    case 'eccn':
      return '--eccn';
  }
}

function render(
  rulebook: CompiledRulebook,
  found: Exclude<Explained, { readonly problem: string }>,
  limits: readonly LimitInUnits[],
  colors: boolean,
): string {
  const paragraph = found.paragraph === null ? '' : ` (${found.paragraph})`;
  const tpp = found.tpp === null ? '' : `, ${tppText(found.tpp)} TPP`;
  const eccn = found.eccn === 'none' ? 'Not controlled by 3A090 or 4A090' : `ECCN ${found.eccn}${paragraph}`;
  const lines = [styled(`${eccn}, level ${found.level}${tpp}`, 'bold', colors), ''];
  found.steps.forEach(({ text, citation }, index) => {
    lines.push(`${index + 1}. ${text}`, `   ${styled(citation, 'dim', colors)}`);
  });
  if (found.level === 'unknown') lines.push('', 'Give the die area with --area, or declare an --eccn.');
  if (limits.length > 0) {
    const columns = [
      { title: 'Limit', align: 'left' as const },
      { title: 'TPP', align: 'right' as const },
      { title: 'Whole units', align: 'right' as const },
      { title: 'Citation', align: 'left' as const },
    ];
    const rows = limits.map(({ limit, tpp: most, units, citation }) => [limit, tppText(most), tppText(units), citation]);
    lines.push('', renderTable(columns, rows));
  }
  lines.push('', 'What else may need a licence:');
  for (const { text, citation } of otherControls(found)) lines.push(`- ${text}`, `  ${styled(citation, 'dim', colors)}`);
  const { id, version } = rulebook.reference;
  lines.push('', `Computed from rulebook ${id} ${version}; not an official classification.`);
  return lines.join('\n');
}

function decimal(text: string): number {
  if (!/^\d{1,15}(?:\.\d{1,3})?$/.test(text)) {
    throw new InvalidArgumentError('It must be a number of 0 or more with at most three decimals.');
  }
  return Number(text);
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of 1 or more.');
  return Number(text);
}
