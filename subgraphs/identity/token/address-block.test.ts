import { describe, expect, it } from 'vitest';
import { isAddressBlock } from './address-block.js';

describe('an address that a token may be shown from', () => {
  it.each(['192.0.2.1', '192.0.2.0/24', '0.0.0.0/0', '192.0.2.1/32', '2001:db8::1', '2001:db8::/32', '::/0', '2001:db8::1/128'])('is %s', (text) => {
    expect(isAddressBlock(text)).toBe(true);
  });

  it.each(['', 'example.com', '192.0.2', '192.0.2.256', '192.0.2.0/33', '192.0.2.0/', '192.0.2.0/-1', '192.0.2.0/024', '192.0.2.0/24/8', '192.0.2.0/2.5', '2001:db8::/129', 'fe80::1%eth0', ' 192.0.2.1', '010.0.0.1', '192.0.2.1\0'])('is not %j', (text) => {
    expect(isAddressBlock(text)).toBe(false);
  });
});
