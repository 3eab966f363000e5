import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixtureGateway, type FixtureGateway } from '../testing/fixture-gateway.js';
import { openSites } from './sites.js';

describe('a web application at the door', () => {
  let folder: string;
  let gateway: FixtureGateway;
  const get = async (path: string) => {
    const response = await fetch(`${gateway.url}${path}`);
    return { status: response.status, type: response.headers.get('content-type'), cache: response.headers.get('cache-control'), policy: response.headers.get('content-security-policy'), text: await response.text() };
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'haat-site-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Shop</title>');
    await writeFile(join(folder, '.stamp'), 'none of theirs');
    await writeFile(join(folder, 'assets/main-D1xsAb0_.js'), 'let a = 1;');
    gateway = await startFixtureGateway({ config: { SITES: [{ name: 'shop', folder }] } });
  });
  afterAll(async () => {
    await gateway?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is shown at its name, may load only its own, and is asked for anew each time', async () => {
    for (const path of ['/shop', '/shop/']) expect(await get(path)).toMatchObject({ status: 200, type: 'text/html; charset=utf-8', cache: 'no-cache', text: '<!doctype html><title>Shop</title>' });
    expect((await get('/shop')).policy).toMatch(/default-src 'none'; script-src 'self';.*connect-src 'self'/);
  });

  it('has files that are kept for ever where their names say their contents', async () => {
    expect(await get('/shop/assets/main-D1xsAb0_.js')).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8', cache: 'public, max-age=31536000, immutable', text: 'let a = 1;' });
  });

  it.each(['/shop/.stamp', '/shop/nothing.js', '/shop/../gateway.ts', '/shop/%2e%2e/%2e%2e/etc/passwd', '/shop/assets', '/other'])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('has a file that was built anew a second later, and not what is gone', async () => {
    const time = { ms: 0 };
    const sites = await openSites([{ name: 'shop', folder }], () => time.ms);
    await rename(join(folder, 'assets/main-D1xsAb0_.js'), join(folder, 'assets/main-E2xsAb0_.js'));
    expect(await sites.find('/shop/assets/main-E2xsAb0_.js')).toBeUndefined();
    time.ms = 1_000;
    expect((await (await sites.find('/shop/assets/main-E2xsAb0_.js'))?.())?.status).toBe(200);
    expect(await sites.find('/shop/assets/main-D1xsAb0_.js')).toBeUndefined();
  });

  it('has nothing where a file was that is gone since it was listed', async () => {
    await writeFile(join(folder, 'assets/gone.js'), 'let b = 2;');
    const sites = await openSites([{ name: 'shop', folder }], () => 0);
    await rm(join(folder, 'assets/gone.js'));
    expect((await (await sites.find('/shop/assets/gone.js'))?.())?.status).toBe(404);
  });

  it('takes no other method', async () => {
    expect((await fetch(`${gateway.url}/shop`, { method: 'POST' })).status).toBe(405);
  });

  it('stops the start with a sentence when it was not built', async () => {
    await expect(openSites([{ name: 'shop', folder: join(folder, 'assets') }])).rejects.toThrow(/^There is no index\.html in .*assets, of which \/shop is made/);
  });
});
