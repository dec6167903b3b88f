import { decodeEvent, encodeEvent, UnknownEvent } from './codec.js';
import type { LedgerEvent } from './ledger-event.js';
import { digestOf, emptyStream, eventId, seal } from './seal.js';
import { uuidV5 } from './uuid-v5.js';

const resumed = { type: 'LineResumed', v: 1, reason: 'ü "x" ', recordedAt: '2026-01-01T00:00:00.000Z' } as unknown as LedgerEvent;

describe('the codec', () => {
  it('writes canonical JSON: members in order, no white space', () => {
    expect(encodeEvent(resumed)).toBe('{"reason":"ü \\"x\\" ","recordedAt":"2026-01-01T00:00:00.000Z","type":"LineResumed","v":1}');
    expect(decodeEvent(encodeEvent(resumed))).toEqual(resumed);
  });

  it.each([
    ['an unknown type', '{"type":"LineMelted","v":1}'],
    ['a type that every object inherits', '{"type":"constructor","v":1}'],
    ['an unknown version', '{"type":"LineResumed","v":2}'],
    ['no version', '{"type":"LineResumed"}'],
    ['no type', '{"v":1}'],
    ['null', 'null'],
    ['a number', '1'],
    ['half an event', '{"type":"LineRes'],
    ['nothing', ''],
  ])('stops at %s', (_, json) => {
    expect(() => decodeEvent(json)).toThrow(UnknownEvent);
  });
});

describe('a sealed event', () => {
  const draft = () => ({ type: 'LineResumed', v: 1, reason: 'x', recordedAt: '2026-01-01T00:00:00.000Z' }) as unknown as Parameters<typeof seal>[2];

  it('names its predecessor\'s bytes, and its id names its own', () => {
    const first = seal('quota-country:AE', emptyStream, draft());
    const second = seal('quota-country:AE', first, draft());
    expect([first.revision, first.event.prev, second.revision, second.event.prev]).toEqual([0, '', 1, digestOf(first.json)]);
    expect(second.id).toBe(eventId('quota-country:AE', 1, digestOf(second.json)));
    expect(seal('quota-country:SA', first, draft()).id).not.toBe(second.id);
  });

  it('carries 16 random bytes, never the same', () => {
    const nonces = Array.from({ length: 1_000 }, () => seal('s', emptyStream, draft()).event.nonce);
    expect(new Set(nonces).size).toBe(1_000);
    expect(nonces.every((nonce) => Buffer.from(nonce, 'base64url').length === 16)).toBe(true);
  });
});

describe('uuidV5', () => {
  it('agrees with RFC 9562 and with names of any length', () => {
    const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(uuidV5(dns, 'python.org')).toBe('886313e1-3b8a-5372-9b90-0c9aee199e5d');
    expect(uuidV5(dns, 'é'.repeat(600))).not.toBe(uuidV5(dns, 'é'.repeat(601)));
    expect(uuidV5(dns, 'x'.repeat(1_008))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });
});
