import { expect, test } from '@playwright/test';
import { batchRows } from '../../src/cli/put-events/batch-rows.js';
import { type Interaction, readHeader } from '../../src/cli/put-events/interactions.js';
import { toProperty } from '../../src/server/column-names.js';

const properties: [column: string, property: string][] = [
  ['NUMBER_OF_RATINGS', 'numberOfRatings'],
  ['GENRE', 'genre'],
  ['Device_Type', 'deviceType'],
  ['numberOfRatings', 'numberOfRatings'],
  ['TOP_10', 'top_10'],
];
for (const [column, property] of properties) {
  test(`the column ${column} fills the property ${property}`, () => {
    expect(toProperty(column)).toBe(property);
  });
}

const row = (number: number, cells: string[]) => ({ number, line: number + 1, bytes: 0, cells });
const read = readHeader(['USER_ID', 'ITEM_ID', 'TIMESTAMP'], { trackingId: 't', eventType: 'view' });
const cells = ['ann', 'a', '1700000000'];
const eventIdOf = (number: number, of = cells) => (read(row(number, of)) as Interaction).event.eventId;

test("a row's event ID depends on its content and its number", () => {
  expect(eventIdOf(1)).toBe(eventIdOf(1));
  expect(eventIdOf(1)).not.toBe(eventIdOf(2));
  expect(eventIdOf(1)).not.toBe(eventIdOf(1, ['ann', 'a', '1700000001']));
});

test('a value over a limit of the service is refused, also a session ID made from the user ID', () => {
  expect(read(row(1, ['a'.repeat(256), 'a', '1700000000']))).toMatchObject({ sessionId: 'a'.repeat(256) });
  expect(read(row(1, ['a'.repeat(257), 'a', '1700000000']))).toMatchObject({
    problem: expect.stringContaining('userId must be a string of 1-256 characters'),
  });
  expect(read(row(1, ['ann', 'a', '1700000000000']))).toMatchObject({
    problem: expect.stringContaining('sentAt must be a Date or Unix seconds'),
  });
});

/** Returns the batches of rows with these users, as row numbers. */
const batchesOf = async (users: string[], windowRows?: number) => {
  async function* rows() {
    for (const [i, user] of users.entries()) {
      yield read(row(i + 1, [user, 'a', `${1_700_000_000 + i}`])) as Interaction;
    }
  }
  const batches: number[][] = [];
  for await (const batch of batchRows(rows(), windowRows)) batches.push(batch.map(({ row }) => row.number));
  return batches;
};

test('rows of alternating users are sent in full batches, each of one user, in order', async () => {
  const users = Array.from({ length: 30 }, (_, i) => `user-${i % 3}`);
  const everyThird = (first: number) => Array.from({ length: 10 }, (_, i) => first + 3 * i);
  expect(await batchesOf(users)).toEqual([everyThird(1), everyThird(2), everyThird(3)]);
});

test('a row waits for others only within the window', async () => {
  expect(await batchesOf(['ann', 'bob', 'bob', 'cid', 'bob', 'ann'], 3)).toEqual([
    [1],
    [2, 3],
    [4],
    [5],
    [6],
  ]);
});
