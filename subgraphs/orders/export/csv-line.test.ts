import { describe, expect, it } from 'vitest';
import { csvLine } from './csv-line.js';

describe('a line of CSV', () => {
  it('quotes what has to be, and leaves nothing for null', () => {
    expect(csvLine(['a', 'b,c', 'say "hi"', 'two\nlines', null, 12, -3])).toBe('a,"b,c","say ""hi""","two\nlines",,12,-3\r\n');
  });

  it('gives no spreadsheet a formula to run', () => {
    expect(csvLine(['=1+1', '+880', '-x', '@sum', '=HYPERLINK("http://a","b")'])).toBe(`'=1+1,'+880,'-x,'@sum,"'=HYPERLINK(""http://a"",""b"")"\r\n`);
  });
});
