import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from './callback-signature.js';

const now = new Date('2026-01-01T00:00:00Z');
const at = now.getTime() / 1_000;
const body = Buffer.from('{"a":1}');
const signature = (secret: string, seconds: number, text = body) => createHmac('sha256', secret).update(`${seconds}.`).update(text).digest('hex');
const options = { secrets: ['old', 'new'], now };

describe('a callback', () => {
  it.each([
    ['by the secret', `t=${at},v1=${signature('new', at)}`],
    ['by the one before it', `t=${at},v1=${signature('old', at)}`],
    ['by one of several signatures', `t=${at}, v1=00, v1=${signature('new', at)}`],
    ['at the edge of its time', `t=${at - 300},v1=${signature('new', at - 300)}`],
  ])('is the provider\'s when signed %s', (_, header) => expect(isSigned(header, body, options)).toBe(true));

  it.each([
    ['without a signature', undefined], ['with nothing in it', ''], ['with no time', `v1=${signature('new', at)}`], ['with another secret', `t=${at},v1=${signature('other', at)}`],
    ['of another time', `t=${at - 1},v1=${signature('new', at)}`], ['too old', `t=${at - 301},v1=${signature('new', at - 301)}`], ['too new', `t=${at + 301},v1=${signature('new', at + 301)}`],
    ['of another body', `t=${at},v1=${signature('new', at, Buffer.from('{"a":2}'))}`], ['of part of a signature', `t=${at},v1=${signature('new', at).slice(0, 10)}`], ['that is no hex', `t=${at},v1=zz`],
  ])('is nobody\'s %s', (_, header) => expect(isSigned(header, body, options)).toBe(false));

  it('is nobody\'s where there is no secret', () => expect(isSigned(`t=${at},v1=${signature('', at)}`, body, { secrets: [], now })).toBe(false));
});
