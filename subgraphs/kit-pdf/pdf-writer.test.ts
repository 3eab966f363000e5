import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writePdf } from './pdf-writer.js';
import { scriptRuns } from './script-runs.js';

const facts = { title: 'A test', at: new Date('2026-01-01T00:00:00Z') };
const bodyOf = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const pagesOf = (pdf: Uint8Array): number => bodyOf(pdf).match(/\/Type \/Page\b/g)?.length ?? 0;

describe('a document', () => {
  it('splits a text where its font changes, and keeps what joins together', () => {
    expect(scriptRuns('Mug কাপ €5 ৳৫')).toEqual([
      { script: 'latin', text: 'Mug ' }, { script: 'bengali', text: 'কাপ' }, { script: 'latin', text: ' €5 ' }, { script: 'bengali', text: '৳৫' },
    ]);
    expect(scriptRuns('র‍্যাব').map(({ script }) => script)).toEqual(['bengali']);
  });

  it('is the same bytes for the same words, with its fonts in it', async () => {
    const write = () => writePdf(facts, (pdf) => void pdf.line('Invoice', { size: 16, isBold: true }).line('চালান ক্ষুদ্র', { size: 12 }).line('Åhlén'));
    const [first, second] = [await write(), await write()];
    expect(bodyOf(first).slice(0, 5)).toBe('%PDF-');
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect(bodyOf(first)).toContain('NotoSansBengali');
  });

  it('sets a conjunct as one sign, not as its letters', async () => {
    const glyphs = async (text: string) => {
      const pdf = bodyOf(await writePdf(facts, (page) => void page.line(text)));
      const streams = [...pdf.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, body = '']) => { try { return inflateSync(Buffer.from(body, 'latin1')).toString('latin1'); } catch { return ''; } });
      return streams.flatMap((stream) => [...stream.matchAll(/<([0-9a-f]+)>/g)].filter(() => stream.includes('TJ'))).reduce((sum, [, hex = '']) => sum + hex.length / 4, 0);
    };
    expect(await glyphs('ক্ষ')).toBe(1);
  });

  it('wraps what is wide, breaks a word that is wider than a line, and goes on over pages with the head of its table', async () => {
    const columns = [{ title: 'What', width: 100 }, { title: 'Amount', width: 80, align: 'right' as const }];
    const rows = Array.from({ length: 120 }, (_, at) => [`Row ${at} ${'long '.repeat(10)}${'x'.repeat(60)}`, '1']);
    expect(pagesOf(await writePdf(facts, (pdf) => void pdf.table(columns, rows)))).toBeGreaterThan(5);
    expect(pagesOf(await writePdf(facts, (pdf) => void pdf.table(columns, rows.slice(0, 3))))).toBe(1);
  });
});
