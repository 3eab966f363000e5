import { expect, test } from 'vitest';
import { neededPackages } from './debian-closure.js';

const INDEX = `
Package: server
Depends: libc (>= 2.4), libssl | libgnutls, raster, server-common
Pre-Depends: dash

Package: raster
Depends: libtiff, libraster9

Package: libraster9
Depends: libhuge

Package: libssl-new
Provides: libssl (= 3)
Depends: libc:amd64

Package: libc

Package: dash

Package: libtiff
Depends: libc

Package: libhuge

Package: server-common
Depends: perl
`;
const PLANNED = new Set(['server', 'raster', 'libraster9', 'libssl-new', 'libc', 'dash', 'libtiff', 'libhuge', 'server-common']);

test('dependencies are followed, through the package that provides a name', () => {
  const needed = neededPackages({ packages: ['server'], unneeded: [] }, PLANNED, INDEX);
  expect(needed).toEqual([...PLANNED].sort());
});

test('an unneeded package stays away, and what only it needs as well', () => {
  const needed = neededPackages({ packages: ['server'], unneeded: [/^libraster/, /-common$/] }, PLANNED, INDEX);
  expect(needed).toEqual(['dash', 'libc', 'libssl-new', 'libtiff', 'raster', 'server']);
});
