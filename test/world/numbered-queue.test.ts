import fc from 'fast-check';
import { NumberedQueue } from '../../src/world/numbered-queue.ts';

test('whatever is added, deleted, taken out and cleared, it is what a Map by numbers would be', () => {
  const step = fc.tuple(fc.constantFrom('add', 'add', 'add', 'delete', 'take', 'clear'), fc.nat());
  fc.assert(
    fc.property(fc.array(step, { size: 'large' }), (steps) => {
      const queue = new NumberedQueue<string>();
      const model = new Map<number, string>();
      const answers: unknown[] = [];
      const expected: unknown[] = [];
      let next = 1;
      for (const [kind, value] of steps) {
        if (kind === 'add') {
          queue.add(String(value));
          model.set(next++, String(value));
        } else if (kind === 'delete') {
          answers.push(queue.delete(value % (next + 2)));
          expected.push(model.delete(value % (next + 2)));
        } else if (kind === 'take') {
          const [oldest] = model.keys();
          answers.push(queue.takeOldest());
          expected.push(oldest === undefined ? undefined : model.get(oldest));
          if (oldest !== undefined) model.delete(oldest);
        } else if (value % 8 === 0) {
          queue.clear();
          model.clear();
          next = 1;
        }
      }
      for (let number = -1; number < next + 40; number++) {
        answers.push(queue.get(number));
        expected.push(model.get(number));
      }
      expect(answers).toEqual(expected);
      expect([queue.size, queue.next, [...queue]]).toEqual([model.size, next, [...model.values()]]);
    }),
    { numRuns: 200 },
  );
});

test('one that is kept at ten is as it was after a million', () => {
  const queue = new NumberedQueue<number>();
  for (let i = 1; i <= 1_000_000; i++) {
    queue.add(i);
    if (queue.size > 10) queue.takeOldest();
  }
  expect([...queue]).toEqual(Array.from({ length: 10 }, (_, i) => 999_991 + i));
  expect([queue.get(999_990), queue.get(999_991)]).toEqual([undefined, 999_991]);
});

test('while it is walked, what is added comes and what is deleted does not', () => {
  const queue = new NumberedQueue<string>();
  for (const item of ['a', 'b', 'c']) queue.add(item);
  const seen: string[] = [];
  for (const item of queue) {
    seen.push(item);
    if (item === 'a') {
      queue.delete(2);
      queue.add('d');
    }
  }
  expect(seen).toEqual(['a', 'c', 'd']);
});
