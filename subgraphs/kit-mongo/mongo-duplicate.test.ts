import { MongoServerError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { takenIndex, uniquely } from './mongo-duplicate.js';

const failed = (code: number, message: string) => new MongoServerError({ code, message, errmsg: message });
const deadlock = failed(16_908_292, 'deadlock detected');

describe('A taken unique key', () => {
  it.each([
    ['mongod', 11_000, 'E11000 duplicate key error collection: acme.pages index: bySlug dup key: { tenantId: "t", slug: "s" }', 'bySlug'],
    ['mongod by id', 11_000, 'E11000 duplicate key error collection: acme.pages index: _id_ dup key: { _id: "s" }', '_id_'],
    ['FerretDB', 11_000, 'Duplicate key violation on the requested collection: Index \'bySlug\'', 'bySlug'],
    ['FerretDB in a race', 16_908_292, 'deadlock detected', ''],
    ['FerretDB by findOneAndUpdate', 1, 'conflicting key value violates exclusion constraint "documents_rum_index_4"', ''],
    ['neither', 1, 'something else', undefined],
    ['a full disk', 14_031, 'out of space', undefined],
  ])('as %s tells it is read', (_, code, message, index) => {
    expect(takenIndex(failed(code, message))).toBe(index);
  });

  it('without a name is tried once more, then looked for, and thrown when nobody has it', async () => {
    let tries = 0;
    const always = async () => { tries += 1; throw deadlock; };
    expect(await uniquely(always, async () => 'bySlug')).toEqual({ duplicate: 'bySlug' });
    expect(tries).toBe(2);
    await expect(uniquely(always, async () => undefined)).rejects.toBe(deadlock);
    const second = async () => { if (++tries % 2 === 1) throw deadlock; return 'written'; };
    expect(await uniquely(second, async () => undefined)).toBe('written');
  });
});
