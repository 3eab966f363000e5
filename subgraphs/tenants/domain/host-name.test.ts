import { describe, expect, it } from 'vitest';
import { hostName, slugOfHost } from './host-name.js';

describe('a host name', () => {
  it.each([
    ['Shop.Example.COM', 'shop.example.com'],
    ['shop.example.com.', 'shop.example.com'],
    ['käse.example', 'xn--kse-qla.example'],
    [' shop.example ', 'shop.example'],
  ])('%s is kept as %s', (text, expected) => {
    expect(hostName(text)).toBe(expected);
  });

  it.each(['localhost', '127.0.0.1', '1.2.3', 'http://shop.example', 'shop.example:80', '-a.example', 'a..b', '', '*.example.com', `${'a'.repeat(64)}.com`, `${'a.'.repeat(130)}com`, 'shop.example/x', 'user@shop.example'])('%s is none', (text) => {
    expect(hostName(text)).toBeUndefined();
  });
});

describe('the slug of a host', () => {
  it('is the label before a platform domain, without the port', () => {
    expect(slugOfHost('acme.localhost:4000', ['localhost'])).toBe('acme');
    expect(slugOfHost('ACME.haat.example', ['localhost', 'haat.example'])).toBe('acme');
  });

  it.each(['localhost', 'a.b.localhost', 'acme.example.com', '.localhost', 'evil.localhost.example'])('is absent in %s', (host) => {
    expect(slugOfHost(host, ['localhost'])).toBeUndefined();
  });
});
