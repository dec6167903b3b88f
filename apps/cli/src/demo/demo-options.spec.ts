import { demoHelp, DemoOptionInvalid, readDemoOptions } from './demo-options.js';

describe('the options of the demo', () => {
  it('have defaults', () => {
    expect(readDemoOptions([])).toEqual({ speed: 3_600, seed: 1, port: 3_000 });
    expect(readDemoOptions(['--speed', '60', '--seed=7', '--port', '0'])).toEqual({ speed: 60, seed: 7, port: 0 });
  });

  it.each(['--help', '-h'])('are explained by %s', (option) => {
    expect(readDemoOptions(['--speed', '0', option])).toBe('help');
    for (const name of ['--speed', '--seed', '--port', '--help']) expect(demoHelp).toContain(name);
  });

  it.each([
    [['--speed', '0'], '--speed "0" cannot be used. Write a whole number from 1 to 86400 in plain digits.'],
    [['--speed', '86401'], '--speed "86401"'],
    [['--speed', '1e3'], '--speed "1e3"'],
    [['--speed'], "'--speed <value>' argument missing"],
    [['--speed', ''], '--speed ""'],
    [['--seed', '-1'], "'--seed'"],
    [['--seed=-1'], '--seed "-1"'],
    [['--seed', '4294967296'], '--seed "4294967296"'],
    [['--port', '65536'], '--port "65536"'],
    [['--seed', '1', '--seed', '2'], '--seed is given twice'],
    [['--colour', 'red'], "Unknown option '--colour'"],
    [['fast'], "Unexpected argument 'fast'"],
  ])('that cannot be used are named: %j', (args, message) => {
    const read = (): unknown => readDemoOptions(args);
    expect(read).toThrow(DemoOptionInvalid);
    expect(read).toThrow(message);
  });
});
