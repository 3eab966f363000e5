import { describe, expect, it } from 'vitest';
import { logTextMax } from './log-facts.js';
import { makeLog, requestLog, type Log } from './log.js';

function logging(): { log: Log; lines: string[]; last(): Record<string, unknown> } {
  const lines: string[] = [];
  const log = makeLog('probe', 'trace', { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('makeLog', () => {
  it('leaves secrets out by name, at every depth and spelling, and in bindings', () => {
    const { log, lines } = logging();
    log.child({ token: 'hunter2' }).info({ password: 'hunter2', a: { new_password: 'hunter2', b: [{ c: { Authorization: 'hunter2', 'set-cookie': 'hunter2' } }] }, code: 'hunter2', email: 'hunter2' }, 'x');
    expect(lines.join()).not.toContain('hunter2');
    expect(lines.join().match(/\[redacted\]/g)?.length).toBe(7);
  });

  it('leaves out what looks like a secret, inside texts, errors and messages', () => {
    const { log, lines } = logging();
    const texts = ['Bearer abc.hunter2', 'eyJhbGciOi.eyJodW50ZXIy.c2lnbmF0dXJl-hunter2', 'postgres://root:hunter2@db/x', 'key (email)=(hunter2@acme.example) exists', 'card 4242 4242 4242 4242'];
    for (const text of texts) {
      log.info(text);
      log.info({ text }, 'x');
      log.error(new Error(text, { cause: new Error(text) }));
      log.error({ err: new Error(text) });
      log.info('%s, formatted', text);
    }
    expect(lines).toHaveLength(25);
    expect(lines.join()).not.toMatch(/hunter2|4242/);
  });

  it('keeps numbers and times that are no cards', () => {
    const { log, last } = logging();
    log.info({ text: 'at 1767225600000, id 1234567890123456', n: 4242424242424242 }, 'x');
    expect(last()).toMatchObject({ text: 'at 1767225600000, id 1234567890123456', n: 4242424242424242 });
  });

  it('stays one line whatever is in it, and cannot forge another or its own fields', () => {
    const { log, lines, last } = logging();
    const evil = 'a\n{"level":60,"msg":"forged"}\r\u001b[31m\u009b31m\u2028\u202etxt';
    log.info({ level: 60, time: 1, msg: 'forged', name: 'forged', [evil]: evil }, evil);
    expect(lines).toHaveLength(1);
    // Nothing below space but the line's own end, no C1 control, no separator, no turned direction.
    expect([...(lines[0] ?? '').trimEnd()].every((c) => c >= ' ' && !/[\u007f-\u009f\u2028\u2029\u202e]/.test(c))).toBe(true);
    expect(last()).toMatchObject({ level: 30, name: 'probe', _level: 60, _msg: 'forged', _name: 'forged' });
    expect((lines[0]?.match(/"level":/g) ?? []).length).toBe(1);
  });

  it('cuts a message of a megabyte, and a line of many', () => {
    const { log, lines, last } = logging();
    log.info('x'.repeat(1_000_000));
    expect(String(last()['msg']).length).toBeLessThan(logTextMax + 40);
    log.info({ many: Array.from({ length: 1_000 }, () => 'y'.repeat(100_000)) }, 'x');
    expect(lines.at(-1)?.length).toBeLessThan(logTextMax * 5);
  });

  it('writes errors with type, code, stack and cause, without what a driver carries', () => {
    const { log, last } = logging();
    const driver = Object.assign(new TypeError('refused', { cause: new Error('why') }), { code: '23505', parameters: ['personal'], query: 'insert' });
    log.error({ err: driver, errorId: 'req_1' }, 'A request failed.');
    expect(last()).toMatchObject({ msg: 'A request failed.', errorId: 'req_1', err: { type: 'TypeError', message: 'refused', code: '23505', cause: { message: 'why' } } });
    expect(JSON.stringify(last())).not.toMatch(/personal|insert/);
    expect((last()['err'] as { stack: string }).stack).toContain('log.test');
  });

  it('takes cycles, depth, bytes, big numbers and dates', () => {
    const { log, last } = logging();
    const cycle: Record<string, unknown> = { n: 10n, at: new Date(0), bad: new Date(Number.NaN), bytes: Buffer.alloc(9), map: new Map([[1, 2]]) };
    cycle['self'] = cycle;
    log.info({ cycle, undefined: undefined }, 'x');
    expect(last()['cycle']).toEqual({ n: '10', at: '1970-01-01T00:00:00.000Z', bad: null, bytes: '[9 bytes]', map: '[1 entries]', self: '[…]' });
  });

  it('says tenant and request with each line', () => {
    const { log, last } = logging();
    requestLog(log, 'ten_1', 'req_1').info('x');
    expect(last()).toMatchObject({ tenant: 'ten_1', request: 'req_1' });
  });

  it('refuses a level that is none', () => {
    expect(() => makeLog('probe', 'loud')).toThrow(/HAAT_LOG: expected one of trace.*came "loud"/);
  });
});
