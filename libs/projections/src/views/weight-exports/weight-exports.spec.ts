import { encodeEvent, weightsStreamOf, type WeightsEvent } from '#ledger';
import { SampleLog } from '../../testing/sample-log.js';
import { InvalidCursor } from '../../tables/cursor.js';
import { stateHash } from '../../testing/state-hash.js';
import { ViewsFile } from '../../file/views-file.js';
import type { WeightExportQuery } from './weight-exports.js';

const hash = 'sha256:0';

function weightsEvent(name: string, exporter: string, isRefused: boolean): WeightsEvent {
  const common = {
    v: 1,
    recordedAt: '2026-03-01T00:00:00.000Z',
    principal: exporter,
    nonce: '',
    prev: '',
    weightExportId: SampleLog.id(name),
    idempotencyKey: name,
    requestHash: name,
    exporter,
    weights: { published: !isRefused },
    exportedAt: '2026-03-01T00:00:00.000Z',
    determination: {
      control: isRefused ? 'controlled' : 'not-controlled',
      decidedBy: 'published',
      operations: { least: 0, most: null },
      steps: [],
      route: isRefused ? 'licence' : 'none',
      routesConsidered: [],
      presumption: null,
      presumptionReasons: [],
      missing: [],
    },
    rulebook: { hash, id: 'test', version: '1' },
  } as const;
  if (!isRefused) return { type: 'WeightExportRecorded', ...common, route: 'none', obligations: [] };
  return { type: 'WeightExportRefused', ...common, route: 'licence', code: 'route-not-applicable', reasons: [] };
}

/** Every second one by beta, every third refused, between reservations. */
function mixedLog(count: number): SampleLog {
  const log = new SampleLog({ capMilliTpp: 1e9 }).adopt();
  for (let index = 0; index < count; index += 1) {
    const exporter = index % 2 === 0 ? 'acme' : 'beta';
    const event = weightsEvent(`w${index}`, exporter, index % 3 === 0);
    log.put(weightsStreamOf(exporter), encodeEvent(event), event.type);
    if (index % 5 === 0) log.reserve(`r${index}`, 1, { exporter });
  }
  return log;
}

function fileOf(log: SampleLog): ViewsFile {
  return new ViewsFile({ path: ':memory:', readEvent: (position) => log.events[position - 1] });
}

async function allOf(file: ViewsFile, query: Partial<WeightExportQuery>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await file.ask('weightExports', { limit: 3, ...query, ...(cursor !== undefined && { cursor }) });
    ids.push(...page.items.map(({ event }) => event.idempotencyKey ?? ''));
    if (page.nextCursor === null) return ids;
    cursor = page.nextCursor;
  }
}

describe('exports of model weights', () => {
  const names = Array.from({ length: 20 }, (_, index) => `w${19 - index}`);
  const number = (name: string): number => Number(name.slice(1));

  it.each<[Partial<WeightExportQuery>, (index: number) => boolean]>([
    [{}, () => true],
    [{ exporter: 'acme' }, (index) => index % 2 === 0],
    [{ exporter: 'nobody' }, () => false],
    [{ status: 'refused' }, (index) => index % 3 === 0],
    [{ status: 'recorded', exporter: 'beta' }, (index) => index % 3 !== 0 && index % 2 === 1],
  ])('pages newest first: %j', async (query, holds) => {
    const log = mixedLog(20);
    const file = fileOf(log);
    file.apply(log.events);
    expect(await allOf(file, query)).toEqual(names.filter((name) => holds(number(name))));
  });

  it('finds an export by its id, and nothing else by that of a reservation', async () => {
    const log = mixedLog(20);
    const file = fileOf(log);
    file.apply(log.events);
    const find = (name: string) => file.ask('weightExport', SampleLog.id(name));
    expect(await find('w7')).toMatchObject({ event: { exporter: 'beta', idempotencyKey: 'w7' } });
    expect(await find('r5')).toBeUndefined();
    expect(await find('w20')).toBeUndefined();
    expect(await file.ask('reservation', SampleLog.id('w7'))).toBeUndefined();
  });

  it('does not depend on how the batches fell, and a failed batch leaves nothing behind', async () => {
    const log = mixedLog(20);
    const [whole, single] = [fileOf(log), fileOf(log)];
    whole.apply(log.events);
    const [first, ...rest] = log.events;
    if (first === undefined) throw new Error('The log has events.');
    const position = log.position + 1;
    const broken = { ...first, id: 'x', stream: 'x', revision: 0, position, type: 'Odd', json: '{"type":"Odd"}' };
    expect(() => single.apply([...log.events, broken])).toThrow('Odd');
    expect(await allOf(single, {})).toEqual([]);
    for (const event of [first, ...rest]) single.apply([event]);
    expect(stateHash(single)).toBe(stateHash(whole));
  });

  it('refuses a cursor that no list handed out', async () => {
    const file = fileOf(new SampleLog());
    await expect(file.ask('weightExports', { limit: 1, cursor: 'x' })).rejects.toThrow(InvalidCursor);
  });
});
