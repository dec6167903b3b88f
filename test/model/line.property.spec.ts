import fc from 'fast-check';
import { decide, decodeEvent, encodeEvent, fold, type LedgerEvent, type LineEvent } from '#ledger';
import { line } from '../../libs/ledger/src/testing/line-scenario.js';
import { checkLine } from './line-invariants.js';
import { kinds, moves, play } from './line-moves.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const parameters = { seed, numRuns: long ? 100_000 : 2_000 };

/** Events as they are stored: with what sealing adds. */
function stored(events: readonly object[]): readonly LineEvent[] {
  return events.map((event) => ({ ...event, nonce: 'n', prev: 'p' }) as unknown as LineEvent);
}

describe(`a quota line, over ${parameters.numRuns} random histories (SEED=${seed})`, () => {
  it(
    'keeps its invariants at every revision, and carries the state that its facts add up to',
    () => {
      fc.assert(fc.property(kinds, moves, (kind, chosen) => checkLine(line, stored(play(kind, chosen).events), new Set())), parameters);
    },
  );

  it(
    'decides the same on the same, and leaves what it was given as it was',
    () => {
      fc.assert(
        fc.property(kinds, moves, (kind, chosen) => {
          play(kind, chosen, (before, command) => {
            const reservation = 'reservationId' in command ? before.reservations.get(command.reservationId) : undefined;
            const posted = command.type === 'Reverse' || command.type === 'File' ? before.exports.get(command.exportId) : undefined;
            const context = frozen({ state: before.state, lastRecordedAt: 0, reservation, export: posted });
            const once = decide(frozen(command), context);
            expect(decide(structuredClone(command), structuredClone(context))).toEqual(once);
          });
        }),
        { ...parameters, numRuns: parameters.numRuns / 5 },
      );
    },
  );

  it(
    'folds to the same in one piece or in many',
    () => {
      fc.assert(
        fc.property(kinds, moves, fc.array(fc.nat(40)), (kind, chosen, cuts) => {
          const { scenario, events } = play(kind, chosen);
          const history = stored(events);
          const bounds = [0, ...cuts.map((cut) => Math.min(cut, history.length)), history.length].sort((a, b) => a - b);
          let state = fold([]);
          bounds.slice(1).forEach((end, index) => (state = fold(history.slice(bounds[index], end), state)));
          expect(state).toEqual(fold(history));
          if (history.length > 0) expect(state).toEqual(scenario.state);
        }),
        parameters,
      );
    },
  );

  it(
    'is stored and read back without loss, in the same bytes whatever the order of members',
    () => {
      fc.assert(
        fc.property(kinds, moves, fc.integer(), (kind, chosen, salt) => {
          for (const event of stored(play(kind, chosen).events)) {
            const json = encodeEvent(event);
            expect(decodeEvent(json)).toEqual(event);
            expect(encodeEvent(decodeEvent(json))).toBe(json);
            expect(encodeEvent(shuffled(event, salt) as LedgerEvent)).toBe(json);
            expect(JSON.stringify(JSON.parse(json))).toBe(json);
          }
        }),
        { ...parameters, numRuns: parameters.numRuns / 5 },
      );
    },
  );
});

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

/** The same value with the members of every object in another order. */
function shuffled(value: unknown, salt: number): unknown {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, salt));
  if (typeof value !== 'object' || value === null) return value;
  const rank = ([name]: [string, unknown]): number => Math.imul(name.length * 31 + name.charCodeAt(0), salt | 1);
  return Object.fromEntries(Object.entries(value).sort((a, b) => rank(a) - rank(b)).map(([name, member]) => [name, shuffled(member, salt)]));
}
