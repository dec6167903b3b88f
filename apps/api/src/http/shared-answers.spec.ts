import { SharedAnswers } from './shared-answers.js';

describe('shared answers', () => {
  it('are rendered once for each question, until something that they are made of is another', () => {
    const answers = new SharedAnswers();
    let rendered = 0;
    const body = (question: string, ...madeOf: readonly unknown[]): Buffer =>
      answers.body(question, madeOf, () => ({ question, rendered: (rendered += 1) }));
    const [line, other] = [{ at: 1 }, { at: 1 }];
    const first = body('all', line, 7);
    expect(first.toString()).toBe('{"question":"all","rendered":1}');
    expect(body('all', line, 7)).toBe(first);
    expect(body('open', line, 7).toString()).toBe('{"question":"open","rendered":2}');
    expect(body('all', other, 7).toString()).toBe('{"question":"all","rendered":3}');
    expect(body('open', other, 7).toString()).toBe('{"question":"open","rendered":4}');
    expect(body('all', other, 7, undefined).toString()).toBe('{"question":"all","rendered":5}');
  });
});
