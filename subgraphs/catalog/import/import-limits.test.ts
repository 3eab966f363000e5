import { expect, it } from 'vitest';
import { joinedValues, separateValues } from './import-limits.js';

it.each([['red'], ['red', 'blue'], ['a|b', 'c'], ['\\', '|'], ['a\\', 'b'], ['a\\|b', '||'], ['\\\\', 'x'], ['c:\\dir\\new', 'n']])('Values in one cell are told apart again: %j', (...values) => {
  expect(separateValues(joinedValues(values))).toEqual(values);
});

it.each([['gift| blue |', ['gift', 'blue']], ['c:\\dir|n', ['c:\\dir', 'n']], ['| |', []]])('A cell as people write it is read: %j', (cell, values) => {
  expect(separateValues(cell)).toEqual(values);
});
