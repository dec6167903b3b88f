import { InvalidArgumentError, type Command } from 'commander';
import { UsageError } from '../exit-code.js';
import { readJsonFile } from '../json-file.js';
import { collect, collecting, countryCode } from '../option-values.js';

/** Options that say what is shipped, by whom and to whom. They are called as the members of the API. */
export interface ShipmentOptions extends ItemOptions {
  readonly destination?: string;
  readonly exporter?: string;
  readonly route?: string;
  readonly consignee?: string;
  readonly consigneeCountry?: string;
  readonly consigneeHeadquarters?: string;
  readonly parent?: string;
  readonly parentHeadquarters?: string;
  readonly facts?: string;
  readonly reference?: string;
}

export interface ItemOptions {
  readonly chip?: readonly string[];
  readonly quantity?: readonly number[];
  /** A file. */
  readonly items?: string;
}

/** A body of the API has at most 64 kB. */
const bytesMax = 2 ** 16;

export function withItems(command: Command): Command {
  return command
    .option('--chip <id>', 'a chip or system of the catalogue, as nvidia-h100-sxm5; may be repeated, each with its --quantity', collect)
    .option('--quantity <units>', 'how many of the --chip before it', collecting(units))
    .option('--items <file>', 'the items as JSON instead, as the API takes them; - for standard input');
}

export function withShipment(command: Command): Command {
  return withItems(command.option('--destination <country>', 'ISO 3166-1 alpha-2 code of the destination, as AE', countryCode))
    .option('--exporter <name>', 'the exporter acted for (default: anonymous)')
    .option('--consignee <name>', 'the ultimate consignee (default: an unnamed one, located and headquartered in the destination)')
    .option('--consignee-country <country>', 'where the consignee is located', countryCode)
    .option('--consignee-headquarters <country>', 'where the headquarters of the consignee are', countryCode)
    .option('--parent <name>', 'the ultimate parent company of the consignee')
    .option('--parent-headquarters <country>', 'where the headquarters of that parent are', countryCode)
    .option('--route <route>', 'licence, lpp, nveu, uveu, aia, acm, aca, nac, tmp, rpl, gov, tsu or hbm (default: the first that applies of all but the last five)')
    .option('--facts <file>', 'what single routes ask for besides, as JSON; docs/rulebook.md lists it; - for standard input')
    .option('--reference <text>', "the exporter's own reference, as a purchase order");
}

/** @returns the members of a shipment in a body of the API. @throws UsageError for options that lack or exclude each other */
export async function shipmentBody(options: ShipmentOptions): Promise<object> {
  const { destination, exporter, route, reference } = options;
  if (destination === undefined) throw new UsageError('--destination is missing: name the country that the items go to.');
  const items = await itemsBody(options);
  if (items === undefined) throw new UsageError('--chip and --quantity are missing (or --items with a file): say what is shipped.');
  if (options.items === '-' && options.facts === '-') throw new UsageError('--items and --facts cannot both be read from standard input.');
  const facts = options.facts === undefined ? undefined : await readJsonFile(options.facts, bytesMax);
  return leaveOutUndefined({ destination, exporter, route, ultimateConsignee: consigneeBody(options), items, facts, reference });
}

/** Undefined where no items are named. @throws UsageError for chips without a quantity, and chips beside a file */
export async function itemsBody({ chip = [], quantity = [], items }: ItemOptions): Promise<unknown> {
  if (items !== undefined) {
    if (chip.length + quantity.length > 0) throw new UsageError('--items has all items with their quantities: leave out --chip and --quantity.');
    return readJsonFile(items, bytesMax);
  }
  if (chip.length !== quantity.length) {
    throw new UsageError(`Each --chip goes with a --quantity: there are ${chip.length} of the one and ${quantity.length} of the other.`);
  }
  return chip.length === 0 ? undefined : chip.map((id, index) => ({ chip: id, quantity: quantity[index] }));
}

function consigneeBody(options: ShipmentOptions): object | undefined {
  const { consignee: name, consigneeCountry: country, consigneeHeadquarters: headquarters, parent, parentHeadquarters } = options;
  if (parent === undefined && parentHeadquarters !== undefined) throw new UsageError('--parent-headquarters goes with --parent.');
  if (name === undefined) {
    if (country ?? headquarters ?? parent) throw new UsageError('Name the --consignee whose country, headquarters or parent you give.');
    return undefined;
  }
  const ultimateParent = parent === undefined ? undefined : leaveOutUndefined({ name: parent, headquarters: parentHeadquarters });
  return leaveOutUndefined({ name, country, headquarters, ultimateParent });
}

/** A body has only the members that were given. */
export function leaveOutUndefined(body: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

function units(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= 1_000_000_000) return Number(text);
  throw new InvalidArgumentError('Write a whole number of 1 or more in plain digits, as 1000: 1.000 and 1,000 can be read in two ways.');
}
