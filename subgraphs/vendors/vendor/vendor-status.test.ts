import { describe, expect, it } from 'vitest';
import { mayBecome, VendorStatus } from './vendor-status.js';

const all = Object.values(VendorStatus);

describe('a vendor\'s status', () => {
  it.each([
    ['PENDING', ['ONBOARDING', 'READY_FOR_REVIEW', 'APPROVED', 'REJECTED', 'CLOSED']],
    ['INVITED', ['ONBOARDING', 'READY_FOR_REVIEW', 'CLOSED']],
    ['ONBOARDING', ['READY_FOR_REVIEW', 'APPROVED', 'REJECTED', 'CLOSED']],
    ['READY_FOR_REVIEW', ['ONBOARDING', 'APPROVED', 'REJECTED', 'CLOSED']],
    ['APPROVED', ['SUSPENDED', 'CLOSED']],
    ['REJECTED', ['ONBOARDING', 'READY_FOR_REVIEW', 'CLOSED']],
    ['SUSPENDED', ['APPROVED', 'CLOSED']],
    ['CLOSED', []],
  ] as const)('%s goes to %j and nowhere else', (from, to) => {
    expect(all.filter((status) => mayBecome(VendorStatus[from], status)).sort()).toEqual([...to].sort());
  });
});
