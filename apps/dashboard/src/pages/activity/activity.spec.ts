import { activityOf, agoText, askedActivity, type Event } from './activity.js';

const event = (position: number, type: string, stream: string): Event => ({ position: String(position), type: `org.quotaledger.${type}.v1`, stream }) as Event;
const events = [event(9, 'quota-reserved', 'quota-country:AE'), event(10, 'export-debited', 'quota-country:IN'), event(11, 'alert-raised', 'alerts-country:AE'), event(100, 'reservation-refused', 'quota-country:AE'), event(101, 'quota-reserved', 'quota-lpp:falcon:2026')];

describe('the activity', () => {
  it.each([
    ['', ['101', '100', '10', '9']],
    ['kind=reserved', ['101', '9']],
    ['country=ae', ['100', '9']],
    ['kind=refused&country=AE', ['100']],
    ['kind=odd', ['101', '100', '10', '9']],
  ])('that the address %p asks for is the newest first', (query, positions) => {
    expect(activityOf(events, askedActivity(new URLSearchParams(query))).map(({ position }) => position)).toEqual(positions);
  });

  it.each([
    [0, '0 s ago'],
    [59_000, '59 s ago'],
    [61_000, '1 min ago'],
    [7_300_000, '2 h ago'],
    [5 * 86_400_000, '5 days ago'],
    [-5_000, '0 s ago'],
  ])('%i ms after it is %p', (ms, text) => {
    const time = '2026-12-01T12:00:00Z';
    expect(agoText(time, Date.parse(time) + ms)).toBe(text);
  });
});
