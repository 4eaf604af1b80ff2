import { expect, test } from '@playwright/test';
import { deferWrites } from '../../src/browser/platform/deferred-value.js';
import { memoryShared, nextTask, type Tabs } from './doubles.js';

/** Opens a value; `written` returns what is in storage. */
const open = () => {
  const tabs: Tabs<string> = { listeners: new Set() };
  const page = { isActive: true };
  const value = deferWrites(memoryShared(tabs), () => page.isActive);
  return { value, page, written: () => tabs.text && JSON.parse(tabs.text) };
};

test('a deferred value can be read at once, and is written once its task is over', async () => {
  const { value, written } = open();
  value.set('first');
  value.set('second');
  expect(value.get()).toBe('second');
  await Promise.resolve();
  expect(written()).toBeUndefined();
  await expect.poll(written).toBe('second');
  expect(value.get()).toBe('second');
});

test('flush() writes a deferred value at once, and only once', async () => {
  const { value, written } = open();
  value.set('mine');
  value.flush();
  expect(written()).toBe('mine');
  const other = open();
  other.value.flush();
  expect(other.written()).toBeUndefined();
});

test('a deferred value is written at once when no other task may follow', () => {
  const { value, page, written } = open();
  page.isActive = false;
  value.set('last');
  expect(written()).toBe('last');
});

test('a deferred value that is removed is not written', async () => {
  const { value, written } = open();
  value.set('refused');
  value.remove();
  expect(value.get()).toBeUndefined();
  await nextTask();
  await nextTask();
  expect(written()).toBeUndefined();
});
