import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { excerpt, oneLine, printable } from '../../src/cli/printable.js';

const texts: Record<string, [text: string, shown: string]> = {
  'a colour': ['\u001b[31mred', '\\u001b[31mred'],
  'a C1 control': ['\u009b2J', '\\u009b2J'],
  'a return to the beginning of the line': ['good\rbad', 'good\\u000dbad'],
  'a backspace and a deletion': ['\b\u007f', '\\u0008\\u007f'],
  'a NUL and a bell': ['\0\u0007', '\\u0000\\u0007'],
  'a bidirectional override and an isolate': ['\u202egnp\u2066', '\\u202egnp\\u2066'],
  'invisible characters': ['a\u200b\u00ad\ufeffb', 'a\\u200b\\u00ad\\ufeffb'],
  'a tag that hides text': ['\u{e0041}', '\\udb40\\udc41'],
  'a line separator': ['a\u2028b', 'a\\u2028b'],
  'half a surrogate pair': ['\ud83c', '\\ud83c'],
};
for (const [name, [text, shown]] of Object.entries(texts)) {
  test(`${name} is printed as an escape sequence`, () => {
    expect(printable(text)).toBe(shown);
  });
}

test('letters, emoji, tabs and line breaks are printed unchanged', () => {
  const text = 'café – ΩЖ漢 نمی‌خواهم\t👩‍👩‍👧 🎬\n{"a": [1]}';
  expect(printable(text)).toBe(text);
});

test('escaping keeps the meaning of JSON', () => {
  const value = { [texts['a C1 control']?.[0] as string]: Object.values(texts).map(([text]) => text) };
  expect(JSON.parse(printable(JSON.stringify(value, null, 2)))).toEqual(value);
});

test("a third party's message is cut to one line of limited length, whatever its type", () => {
  expect(oneLine('a\nAll is well')).toBe('a\\u000aAll is well');
  expect(excerpt('a\r\nb')).toBe('a\\u000d');
  expect(excerpt('x'.repeat(10_000))).toHaveLength(300);
  expect(excerpt({ toString: 1 })).toBe('{"toString":1}');
  expect(excerpt(undefined)).toBe('');
});

test('only output.ts prints', () => {
  const cli = new URL('../../src/cli/', import.meta.url);
  const files = readdirSync(cli, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  // The progress bar draws on stderr, and prints its messages through output.ts.
  const sourceOf = (file: string) =>
    readFileSync(new URL(file, cli), 'utf8').replace('createProgressDisplay(process.stderr', '');
  const prints = /\bconsole\.\w|\b(?:stdout|stderr)\b/;
  expect(files.filter((file) => prints.test(sourceOf(file)))).toEqual(['output.ts']);
});
