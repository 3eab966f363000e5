import { expect, it } from 'vitest';
import { mask } from './mask.js';

it.each([
  ["a('b') // c", "a(' ')     ", '       // c'],
  ['a /* b\nc */ d', 'a     \n     d', '  /* b\nc */  '],
  ["'it\\'s' + \"//\"", "'     ' + \"  \"", '              '],
  ['`a${ f({ b: `c` }) }d` e', '`                    ` e', '                        '],
  ['x / y / z', 'x / y / z', '         '],
  ["r = /[/'] ./g; s", 'r = /      /g; s', '                '],
])('sees code and comments of %j apart', (text, code, comments) => {
  expect(mask(text)).toEqual({ code, comments });
});
