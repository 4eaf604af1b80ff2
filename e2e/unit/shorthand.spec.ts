import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { eventFromShorthand, parseShorthand } from '../../src/cli/put-events/shorthand.js';
import { events, toShorthand } from '../support/shorthand-events.js';

const noFile = (value: string): string => {
  throw new Error(`${value} was asked for`);
};

const parsed: [input: string, output: object][] = [
  ['a=b', { a: 'b' }],
  ['a=', { a: '' }],
  ['a=b,c=d', { a: 'b', c: 'd' }],
  ['a = b , c = d', { a: 'b', c: 'd' }],
  ['a=b c ,d=e', { a: 'b c', d: 'e' }],
  ['a=b,c', { a: ['b', 'c'] }],
  ['a=b,c,d=e', { a: ['b', 'c'], d: 'e' }],
  ['a=b,"c=d",e=f', { a: ['b', 'c=d'], e: 'f' }],
  ['a=b\\,c', { a: 'b,c' }],
  ['a=\\,,b=c', { a: ',', b: 'c' }],
  ['a=b=c', { a: 'b=c' }],
  ['a=C:\\d\\e', { a: 'C:\\d\\e' }],
  ['a="b,c"', { a: 'b,c' }],
  [`a='b "c"'`, { a: 'b "c"' }],
  [`a="b 'c'"`, { a: "b 'c'" }],
  [`a='it\\'s'`, { a: "it's" }],
  ['a="\\"b\\""', { a: '"b"' }],
  ['a="b\\\\c"', { a: 'b\\c' }],
  ["a='b\\'", { a: 'b\\' }],
  ["a=''", { a: '' }],
  ['a=" b "', { a: ' b ' }],
  ['a=[]', { a: [] }],
  ['a=[b]', { a: ['b'] }],
  ['a=[ b , c ]', { a: ['b', 'c'] }],
  ['a=["b,c",d\\,e],f=g', { a: ['b,c', 'd,e'], f: 'g' }],
  ['a=[[b],[c,d]]', { a: [['b'], ['c', 'd']] }],
  ['a={}', { a: {} }],
  ['a={b=c,d=[e,f]},g=h', { a: { b: 'c', d: ['e', 'f'] }, g: 'h' }],
  ['a=[{b=c},{b=d}]', { a: [{ b: 'c' }, { b: 'd' }] }],
  ['a={b={c=d}}', { a: { b: { c: 'd' } } }],
  ['a-1.b/c:d#e_f=g', { 'a-1.b/c:d#e_f': 'g' }],
  ['a=é,b=🎬', { a: 'é', b: '🎬' }],
  ['a=file://b', { a: 'file://b' }],
];

for (const [input, output] of parsed) {
  test(`${input} is parsed as ${JSON.stringify(output)}`, () => {
    expect(parseShorthand(input, noFile)).toEqual(output);
  });
}

const refused: [input: string, message: string][] = [
  ['', 'expected "="'],
  ['a', 'expected "=" here:\n  a\n   ^'],
  ['=a,', 'expected a value'],
  ['a=b,', 'expected a value'],
  ['a=b,c=d,a=e', 'expected no second "a"'],
  ['a={b=c,b=d}', 'expected no second "b"'],
  ['a="b', 'expected a closing " here:\n  a="b\n    ^'],

  ['a=[b', 'expected ","'],
  ['a={b', 'expected "="'],
  ['a={b=c', 'expected ","'],
  ['a="b"c', 'expected ","'],
  ['a=b"c"', 'expected ","'],
  ['a=[b]c', 'expected ","'],
];

for (const [input, message] of refused) {
  test(`${input || 'an empty text'} is refused with the place of the error`, () => {
    expect(() => parseShorthand(input, noFile)).toThrow(message);
  });
}

test('only @= reads a file, also in lists and structures', () => {
  const load = (value: string) => `<${value}>`;
  expect(parseShorthand('a@=file://b,c=file://d', load)).toEqual({ a: '<file://b>', c: 'file://d' });
  expect(parseShorthand('a@=[b,"c"],d={e@=f,g=h}', load)).toEqual({
    a: ['<b>', '<c>'],
    d: { e: '<f>', g: 'h' },
  });
});

test("an event's value is read as a number and its impression as a list, however they are written", () => {
  const read = (input: string) => eventFromShorthand(input, noFile);
  expect(read('eventValue=9.5,impression=a')).toEqual({ eventValue: 9.5, impression: ['a'] });
  expect(read('eventValue="1e3",impression=[a,b]')).toEqual({ eventValue: 1000, impression: ['a', 'b'] });
  // The IDs stay texts, even if they look like numbers.
  expect(read('itemId=12,eventId=1e3')).toEqual({ itemId: '12', eventId: '1e3' });
  // Left to validation to refuse.
  expect(read('eventValue=many,metricAttribution=mail')).toEqual({
    eventValue: 'many',
    metricAttribution: 'mail',
  });
});

test('any event written in shorthand is read back unchanged', () => {
  fc.assert(
    fc.property(events, (event) => {
      expect(eventFromShorthand(toShorthand(event), noFile)).toEqual({ ...event, sentAt: `${event.sentAt}` });
    }),
    { numRuns: 1000 },
  );
});
