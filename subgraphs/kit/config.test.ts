import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigMistake, readConfig } from './config.js';

const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  DATABASE_URL: z.url({ protocol: /^postgres$/ }),
  HOLD_MINUTES: z.coerce.number().int().min(1).max(60),
  LEVEL: z.enum(['info', 'debug']).default('info'),
  SEAL_SECRET: z.string().min(32),
  IS_OPEN: z.stringbool().default(true),
});
const good = { DATABASE_URL: 'postgres://h/d', HOLD_MINUTES: '10', SEAL_SECRET: 'x'.repeat(32) };

function mistakeOf(env: Record<string, string>): string {
  try {
    readConfig(settings, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigMistake);
    return (error as Error).message;
  }
  throw new Error('Nothing was refused.');
}

describe('readConfig', () => {
  it('reads what is there, takes defaults for what is absent or empty, and leaves the rest alone', () => {
    expect(readConfig(settings, { ...good, PORT: '', IS_OPEN: 'false', HOME: '/root' })).toEqual({ ...good, PORT: 4000, LEVEL: 'info', HOLD_MINUTES: 10, IS_OPEN: false });
  });

  it('names every mistake at once, with what was expected and what came', () => {
    const text = mistakeOf({ PORT: '70000', HOLD_MINUTES: 'ten', LEVEL: 'loud', SEAL_SECRET: 'short', IS_OPEN: 'perhaps' });
    expect(text.split('\n')).toHaveLength(7);
    expect(text).toMatch(/PORT: .*65535.*; came "70000"\./);
    expect(text).toMatch(/DATABASE_URL: .*; came nothing\./);
    expect(text).toMatch(/HOLD_MINUTES: expected number; came "ten"\./);
    expect(text).toMatch(/LEVEL: .*"info"\|"debug".*; came "loud"\./);
    expect(text).toMatch(/SEAL_SECRET: .*32.*; came a text of 5 characters\./);
  });

  it('takes an empty number for an absent one, not for zero', () => {
    expect(mistakeOf({ ...good, HOLD_MINUTES: '' })).toMatch(/HOLD_MINUTES: .*; came nothing/);
  });

  it('never shows a secret, nor a password inside a URL', () => {
    const text = mistakeOf({ ...good, SEAL_SECRET: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@db/x?password=hunter2' });
    expect(text).not.toContain('hunter2');
    expect(text).toContain('"mysql://…@db/x?…"');
  });

  it('cuts a long value short', () => {
    expect(mistakeOf({ ...good, LEVEL: 'x'.repeat(10_000) }).length).toBeLessThan(400);
  });
});
