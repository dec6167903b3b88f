import { DemoClock } from './demo-clock.js';

describe('DemoClock', () => {
  let realMs = 500;
  const clockAt = (startMs: number): DemoClock => new DemoClock(startMs, () => realMs);

  it('stands where it is put, and never goes back', () => {
    const clock = clockAt(1_000);
    realMs += 10;
    expect(clock.now()).toBe(1_000);
    clock.standAt(3_000);
    clock.standAt(2_000);
    expect(clock.now()).toBe(3_000);
    expect(clock.realMsUntil(9_000)).toBe(0);
  });

  it('runs as fast as it is told, and says how long something takes in real time', () => {
    const clock = clockAt(1_000);
    clock.run(60);
    realMs += 10;
    expect(clock.now()).toBe(1_600);
    expect(clock.realMsUntil(1_600 + 6_000)).toBe(100);
    expect(clock.realMsUntil(1_000)).toBe(0);
    clock.run(1);
    realMs += 10;
    expect(clock.now()).toBe(1_610);
    clock.standAt(5_000);
    realMs += 10;
    expect(clock.now()).toBe(5_000);
  });
});
