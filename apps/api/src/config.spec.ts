import { ConfigInvalid, readConfig } from './config.js';

describe('readConfig', () => {
  it('has a default for every setting', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      rulebookFile: undefined,
      logLevel: 'info',
    });
  });

  it('leaves names of others alone', () => {
    expect(readConfig({ PATH: '/bin', LEDGER_DATA_DIR: '/tmp/x' }).dataDir).toBe('/tmp/x');
  });

  it.each([
    [{ LEDGER_DATADIR: 'x' }, 'LEDGER_DATADIR'],
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '' }, 'PORT'],
    [{ HOST: ' ' }, 'HOST'],
    [{ LEDGER_DATA_DIR: '' }, 'LEDGER_DATA_DIR'],
    [{ LEDGER_RULEBOOK: '' }, 'LEDGER_RULEBOOK'],
    [{ LEDGER_LOG_LEVEL: 'loud' }, 'LEDGER_LOG_LEVEL'],
    [{ LEDGER_QUEUE_MAX: '0' }, 'LEDGER_QUEUE_MAX'],
    [{ LEDGER_PUBLIC_READS: 'no' }, 'LEDGER_PUBLIC_READS'],
    [{ LEDGER_CLOCK: 'yesterday' }, 'LEDGER_CLOCK'],
    [{ LEDGER_CLOCK: '2026-02-30T00:00:00Z' }, 'LEDGER_CLOCK'],
    [{ LEDGER_CLOCK: 'offset:P1M' }, 'LEDGER_CLOCK'],
    [{ LEDGER_CLOCK: 'offset:P' }, 'LEDGER_CLOCK'],
    [{ LEDGER_CLOCK: 'offset:PT' }, 'LEDGER_CLOCK'],
    [{ LEDGER_ACCEPT_LOSS: '0' }, 'LEDGER_ACCEPT_LOSS'],
    [{ LEDGER_ACCEPT_LOSS: '9007199254740993' }, 'LEDGER_ACCEPT_LOSS'],
    [{ LEDGER_EVENTSTORE_URL: '' }, 'LEDGER_EVENTSTORE_URL'],
    [{ EVENTSTORE_URL: ' ' }, 'LEDGER_EVENTSTORE_URL'],
    [{ EVENTSTORE_URL: 'esdb://a', LEDGER_EVENTSTORE_URL: 'esdb://b' }, 'LEDGER_EVENTSTORE_URL and its former name EVENTSTORE_URL are both set'],
    [{ LEDGER_STREAM_PREFIX: 'trial.' }, 'LEDGER_EVENTSTORE_URL'],
    [{ LEDGER_EVENTSTORE_URL: 'esdb://localhost', LEDGER_STREAM_PREFIX: '$trial' }, 'LEDGER_STREAM_PREFIX'],
  ])('refuses %j and names it', (environment, name) => {
    expect(() => readConfig(environment as Record<string, string>)).toThrow(ConfigInvalid);
    expect(() => readConfig(environment as Record<string, string>)).toThrow(name);
  });

  it.each([
    [{ LEDGER_EVENTSTORE_URL: 'esdb://a' }],
    [{ EVENTSTORE_URL: 'esdb://a' }],
    [{ LEDGER_EVENTSTORE_URL: 'esdb://a', EVENTSTORE_URL: 'esdb://a' }],
  ])('takes the address of a cluster from %j', (environment) => {
    expect(readConfig({ ...environment, LEDGER_STREAM_PREFIX: 'trial.' })).toMatchObject({ eventStoreUrl: 'esdb://a', streamPrefix: 'trial.' });
  });

  it('takes a fixed clock', () => {
    expect(readConfig({ LEDGER_CLOCK: '2026-01-31T12:00:00Z' }).clock()).toBe(Date.parse('2026-01-31T12:00:00Z'));
  });

  it.each([
    ['offset:P30D', 30 * 86_400_000],
    ['offset:-PT5M', -300_000],
    ['offset:P1W2DT3H4M5.5S', ((9 * 24 + 3) * 60 + 4) * 60_000 + 5500],
  ])('shifts the clock by %s', (text, ms) => {
    const { clock } = readConfig({ LEDGER_CLOCK: text });
    const before = Date.now();
    const shifted = clock() - ms;
    expect(shifted).toBeGreaterThanOrEqual(before);
    expect(shifted).toBeLessThanOrEqual(Date.now());
  });

  it('tells which settings have no effect yet', () => {
    expect(readConfig({ LEDGER_ADMIN_KEY: 'k', LEDGER_PUBLIC_READS: 'false' }).reserved).toEqual([
      'LEDGER_PUBLIC_READS',
      'LEDGER_ADMIN_KEY',
    ]);
  });
});
