// The queue against a plain sorted list: whatever is set and cancelled when, timers come by time, then as they were set.
import { expect, test } from "vitest";
import { cancel, countOf, createQueue, popUntil, push } from "./queue.ts";
import { nextInt, seedRandom } from "./random.ts";

interface Planned {
  at: number;
  id: number;
}

test("timers come by time, then in the order in which they were set", () => {
  const random = seedRandom("queue");
  const queue = createQueue();
  let planned: Planned[] = [];
  const came: number[] = [];
  const expected: number[] = [];
  const plan = (now: number): void => {
    // At once, within a moment, and much later; some at the same time as others.
    const delay = [0, 0, 0.25, 0.5, 1.5, 2, 3, 200][nextInt(random, 8)]! * nextInt(random, 3);
    planned.push({ at: now + delay, id: push(queue, now + delay, "a", "b", null) });
  };
  let now = 0;
  for (let round = 0; round < 20_000; round++) {
    const count = round < 18_000 ? nextInt(random, round % 100 === 0 ? 60 : 3) : 0;
    for (let index = 0; index < count; index++) plan(now);
    if (planned.length > 0 && nextInt(random, 10) === 0) {
      const [gone] = planned.splice(nextInt(random, planned.length), 1);
      cancel(queue, gone!.id);
    }
    const next = popUntil(queue, Infinity);
    if (!next) continue;
    now = next.at;
    came.push(next.id);
    const first = planned.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.id < a.id) ? b : a));
    expected.push(first.id);
    planned = planned.filter((timer) => timer !== first);
  }
  expect(came).toEqual(expected);
  expect(came.length).toBeGreaterThan(10_000);
  while (popUntil(queue, Infinity)) planned.pop();
  expect([planned.length, countOf(queue)]).toEqual([0, 0]);
});
