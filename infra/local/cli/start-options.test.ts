import { describe, expect, it } from 'vitest';
import { readStartOptions } from './start-options.js';

describe('npm start options', () => {
  it('starts everything on port 4000 and keeps the data when nothing is said', () => {
    expect(readStartOptions([])).toEqual({ fresh: false, port: 4000 });
  });

  it('reads every option in both spellings', () => {
    const wanted = { only: ['tenants', 'catalog'], fresh: true, port: 4100 };
    expect(readStartOptions(['--only', 'tenants, catalog,tenants', '--fresh', '--port', '4100'])).toEqual(wanted);
    expect(readStartOptions(['--only=tenants,catalog', '--port=4100', '--fresh'])).toEqual(wanted);
  });

  it('takes the port of the environment where no argument names one', () => {
    expect(readStartOptions([], { PORT: '4310' }).port).toBe(4310);
    expect(readStartOptions(['--port', '4100'], { PORT: '4310' }).port).toBe(4100);
    expect(readStartOptions([], { PORT: '' }).port).toBe(4000);
    expect(() => readStartOptions([], { PORT: 'http' })).toThrow('PORT takes a number from 1 to 65535, not http.');
  });

  it('refuses a port that is none', () => {
    for (const port of ['0', '65536', 'http', '-1', '40.5', '']) expect(() => readStartOptions([`--port=${port}`])).toThrow('from 1 to 65535');
  });

  it('answers an unknown option with the usage', () => {
    expect(() => readStartOptions(['--frehs'])).toThrow('--frehs is not understood. Usage: npm start');
    expect(() => readStartOptions(['tenants'])).toThrow('Usage: npm start');
    expect(() => readStartOptions(['--only', ','])).toThrow('names no subgraph');
  });
});
