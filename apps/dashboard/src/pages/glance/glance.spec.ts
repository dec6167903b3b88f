import type { CountryView } from '../../api/answers.js';
import { inOrder, orderIn } from './glance-order.js';
import { panelHeight, panelOf, panelWidth } from './panel.js';

const view = (name: string, over: Partial<CountryView>): CountryView =>
  ({ country: name, name, status: 'open', allocation: 100, available: 50, utilization: 0.5, forecast: null, recent: { from: '2026-01-01', available: [100, 75, 50] }, ...over }) as CountryView;
const out = (from: string, expected: string, to: string | null): Partial<CountryView> => ({ forecast: { criticalOn: null, exhaustedOn: { from, expected, to } } });
const all = [view('A', { utilization: 0.2 }), view('B', out('2027-01-01', '2027-02-01', null)), view('C', { status: 'exhausted', utilization: 1 }), view('D', out('2026-12-20', '2027-01-01', '2027-01-09')), view('E', { utilization: 0.9 })];

describe('the order of the small charts', () => {
  it.each([
    ['', 'CDBEA'],
    ['order=used', 'CEBDA'],
    ['order=name', 'ABCDE'],
    ['order=colour', 'CDBEA'],
  ])('of the address %p is %s', (query, names) => {
    expect(inOrder(all, orderIn(new URLSearchParams(query))).map(({ name }) => name).join('')).toBe(names);
  });
});

describe('a small chart', () => {
  const nowMs = Date.parse('2026-12-01T00:00:00Z');

  it('falls from the cap at the top to what is left today, in the middle', () => {
    const { left, todayX } = panelOf(view('A', {}), nowMs);
    expect(todayX).toBe(panelWidth / 2);
    expect(left).toBe(`M0 ${panelHeight}L0 0L${todayX / 2} ${panelHeight / 4}L${todayX} ${panelHeight / 2}L${todayX} ${panelHeight}Z`);
  });

  it('has a band to the days of the forecast, and to the end of the period where it ends later', () => {
    const { band } = panelOf(view('B', out('2027-12-31', '2027-12-31', null)), nowMs);
    expect(band).toBe(`M${panelWidth / 2} ${panelHeight / 2}L${panelWidth} ${panelHeight}L${panelWidth} ${panelHeight}Z`);
    expect(panelOf(view('A', {}), nowMs).band).toBe('');
  });
});
