import { cloudEvent, cloudEventType } from './cloud-event.js';

const json = '{"nonce":"\\"recordedAt\\":\\"never","recordedAt":"2026-01-01T00:00:00.000Z","type":"QuotaReserved"}';
const stored = { id: '4f1b7c62-5a51-5b64-9d3a-0d4f0e6b7c11', type: 'QuotaReserved', json, stream: 'quota-country:AE', revision: 3, position: 17 };

describe('a CloudEvent', () => {
  it('has the bytes that are stored as its data, and their time', () => {
    const text = cloudEvent(stored);
    expect(text.endsWith(`"data":${json}}`)).toBe(true);
    expect(JSON.parse(text)).toEqual({
      specversion: '1.0',
      id: stored.id,
      source: '/v1/streams/quota-country%3AAE',
      type: 'org.quotaledger.quota-reserved.v1',
      subject: 'country:AE',
      time: '2026-01-01T00:00:00.000Z',
      datacontenttype: 'application/json',
      position: '17',
      stream: 'quota-country:AE',
      revision: 3,
      data: JSON.parse(json) as object,
    });
  });

  it.each([
    ['quota-country:AE', 'country:AE'],
    ['alerts-lpp:falcon:2026', 'lpp:falcon:2026'],
    ['companies', 'companies'],
    ['weights:acme-quota-labs', 'weights:acme-quota-labs'],
  ])('of the stream %s is about %s', (stream, subject) => {
    expect(JSON.parse(cloudEvent({ ...stored, stream }))).toMatchObject({ subject });
  });

  it.each([
    ['QuotaReserved', 'org.quotaledger.quota-reserved.v1'],
    ['LineClosed', 'org.quotaledger.line-closed.v1'],
  ])('of the type %s is a %s', (type, name) => {
    expect(cloudEventType(type)).toBe(name);
  });
});
