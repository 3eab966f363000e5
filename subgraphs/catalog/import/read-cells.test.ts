import { expect, it } from 'vitest';
import { csvCells, csvLine, csvRow, jsonRow } from './read-cells.js';

const columns = ['a', 'b'];
const cellsOf = (record: string): unknown => {
  const read = csvRow(record, { columns, delimiter: ',' });
  return 'cells' in read ? Object.fromEntries(read.cells) : read.refused;
};

it.each(['=1+1', '+49 30', '-5', '@me', '\tx', '＝x', "'=x", 'plain, "quoted"', ' edge ', 'line\nbreak', "'tis"])('writes a cell that no spreadsheet runs, and reads it back: %j', (cell) => {
  const line = csvLine([cell, 'z']);
  const [written = ''] = (csvCells(line.trimEnd(), ',') as { cells: string[] }).cells;
  expect(written).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
  expect(cellsOf(line.trimEnd())).toEqual({ a: cell === '\tx' ? cell : cell.trim(), b: 'z' });
});

it('leaves out what is empty, and says what cannot be read', () => {
  expect(cellsOf(',x')).toEqual({ b: 'x' });
  expect(cellsOf('1,2,3')).toBe('It has 3 cells and the file 2 columns.');
  expect(cellsOf('a "b,c')).toMatch(/quote/);
});

it('reads a JSON object whatever its names, and nothing else', () => {
  const read = jsonRow('{"__proto__": "x", "constructor": 1, "list": ["a", 2], "none": null, "no": ""}');
  expect('cells' in read && [...read.cells]).toEqual([['__proto__', 'x'], ['constructor', '1'], ['list', ['a', '2']]]);
  expect(['[1]', '1', 'null', '{', '{"a": {}}'].map((text) => 'refused' in jsonRow(text))).toEqual([true, true, true, true, true]);
});
