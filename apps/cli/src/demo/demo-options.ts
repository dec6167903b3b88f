import { parseArgs, type ParseArgsConfig } from 'node:util';
import { wholeNumber } from '../option-values.js';

export interface DemoOptions {
  /** Simulated seconds that pass in a second. */
  readonly speed: number;
  readonly seed: number;
  /** 0: any free one. */
  readonly port: number;
}

/** An option that cannot be used; the message names it. */
export class DemoOptionInvalid extends Error {
  override readonly name = 'DemoOptionInvalid';
}

const speedMax = 86_400;
const known = {
  speed: { otherwise: 3_600, read: wholeNumber(1, speedMax) },
  seed: { otherwise: 1, read: wholeNumber(0, 2 ** 32 - 1) },
  port: { otherwise: 3_000, read: wholeNumber(0, 65_535) },
} as const;

export const demoHelp = `Usage: npm run demo -- [options]

Starts a ledger on a throw-away data directory, with 18 months of invented shipments that go on while you look, on
simulated time. Ctrl-C ends it and removes its data.

Options:
  --speed <number>  simulated seconds that pass in a second, 1 to ${speedMax} (default: ${known.speed.otherwise}, an hour a second)
  --seed <number>   another seed, another story, 0 to ${2 ** 32 - 1} (default: ${known.seed.otherwise})
  --port <number>   port to listen on, 0 for any free one (default: ${known.port.otherwise})
  -h, --help        this text

Exit codes: 0 ended by a signal, 64 wrong option, 69 port not available, 70 the ledger could not go on.
`;

const form = {
  options: {
    speed: { type: 'string', multiple: true },
    seed: { type: 'string', multiple: true },
    port: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h' },
  },
} as const satisfies ParseArgsConfig;

/** @throws DemoOptionInvalid */
export function readDemoOptions(args: readonly string[]): DemoOptions | 'help' {
  const values = valuesOf(args);
  if (values.help) return 'help';
  const read = (name: keyof typeof known): number => {
    const [text, second] = values[name] ?? [];
    if (second !== undefined) throw new DemoOptionInvalid(`--${name} is given twice: give it once.`);
    if (text === undefined) return known[name].otherwise;
    try {
      return known[name].read(text);
    } catch (error) {
      throw new DemoOptionInvalid(`--${name} ${JSON.stringify(text)} cannot be used. ${(error as Error).message}`);
    }
  };
  return { speed: read('speed'), seed: read('seed'), port: read('port') };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ ...form, args: [...args] }).values;
  } catch (error) {
    throw new DemoOptionInvalid(`${(error as Error).message} Known are --speed, --seed, --port and --help.`);
  }
}
