import { answerOf, createLedgerClient } from '../src/index.js';

const ledger = createLedgerClient({ baseUrl: process.argv[2] ?? 'http://127.0.0.1:3000' });

const answer = await answerOf(
  ledger.POST('/v1/determinations', { body: { destination: 'IN', items: [{ chip: 'nvidia-h200-sxm', quantity: 500 }] } }),
);
// A determination of model weights has no balance.
const left = 'balanceAfter' in answer ? answer.balanceAfter.available : null;
console.log(answer.wouldBeRefused === null ? `Yes, by ${answer.route}; ${left} TPP would be left` : `No: ${answer.wouldBeRefused.title}`);

const { nextExhaustions } = await answerOf(ledger.GET('/v1/summary'));
for (const { name, exhaustedOn } of nextExhaustions) console.log(`${name} runs out about ${exhaustedOn.expected}`);
