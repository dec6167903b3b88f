import { XmlForTest } from '../testing/xml-for-test.js';
import { alertFeed } from './alert-feed.js';

type Alert = Parameters<typeof alertFeed>[0][number];

const alert = (over: Partial<Alert> = {}): Alert => ({
  id: '1e2f54bb-76c9-5395-badf-28382816c74b',
  line: 'country:AE',
  country: 'AE',
  level: 'critical',
  threshold: 0.9,
  utilization: 0.90182,
  position: '2',
  eventId: 'd908f180-4b56-5d22-952f-1646ceef3842',
  measuredOn: null,
  raisedAt: '2026-06-15T12:00:00.000Z',
  closedAt: null,
  acknowledgedBy: null,
  ...over,
});

describe('the feed of alerts', () => {
  it('has an entry for each alert, with its id and its times', () => {
    const feed = XmlForTest.parse(alertFeed([alert(), alert({ id: '6eba80ef-1760-5215-8d11-a38978927ff8', level: 'exhausted', closedAt: '2026-07-01T00:00:00.000Z' })], '/v1/alerts.atom'));
    expect(feed.all('entry').map((entry) => [entry.text('id'), entry.text('title'), entry.text('published'), entry.text('updated')])).toEqual([
      ['urn:uuid:1e2f54bb-76c9-5395-badf-28382816c74b', 'United Arab Emirates passed 90 % of its limit: 90.2 % used', '2026-06-15T12:00:00.000Z', '2026-06-15T12:00:00.000Z'],
      ['urn:uuid:6eba80ef-1760-5215-8d11-a38978927ff8', 'United Arab Emirates has nothing left', '2026-06-15T12:00:00.000Z', '2026-07-01T00:00:00.000Z'],
    ]);
    expect(feed.text('updated')).toBe('2026-07-01T00:00:00.000Z');
  });

  it('says that a line has something left again', () => {
    const [entry] = XmlForTest.parse(alertFeed([alert({ level: 'reopened', utilization: 0.97 })], '/v1/alerts.atom')).all('entry');
    expect(entry?.text('title')).toBe('United Arab Emirates has something left again');
  });

  it('says of a measured line on which reporting date it was', () => {
    const [entry] = XmlForTest.parse(alertFeed([alert({ level: 'measured', measuredOn: '2026-06-30', utilization: 1.02 })], '/v1/alerts.atom')).all('entry');
    expect(entry?.text('title')).toBe('United Arab Emirates used 102 % of its limit on the reporting date 2026-06-30');
  });

  it('is whole without alerts, and another one with other filters', () => {
    const [all, some] = ['/v1/alerts.atom', '/v1/alerts.atom?country=AE&level=watch'].map((address) => XmlForTest.parse(alertFeed([], address)));
    expect([all?.text('updated'), all?.all('entry').length]).toEqual(['1970-01-01T00:00:00.000Z', 0]);
    expect(all?.text('id')).not.toBe(some?.text('id'));
    expect(some?.all('link')[0]?.attribute('href')).toBe('/v1/alerts.atom?country=AE&level=watch');
  });

  it('keeps names of lines as they are, whatever XML makes of their characters', () => {
    const line = 'uveu:<a> & "b"\u0000';
    const [entry] = XmlForTest.parse(alertFeed([alert({ line, country: null })], '/v1/alerts.atom')).all('entry');
    expect(entry?.text('title')).toBe('uveu:<a> & "b"\ufffd passed 90 % of its limit: 90.2 % used');
  });
});
