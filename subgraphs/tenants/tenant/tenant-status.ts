import type { TenantStatus } from './tenant.js';

/** Where a status may go. A closed marketplace stays closed. */
const moves: Readonly<Record<`${TenantStatus}`, readonly `${TenantStatus}`[]>> = {
  OPEN: ['SUSPENDED', 'CLOSED'],
  SUSPENDED: ['OPEN', 'CLOSED'],
  CLOSED: [],
};

/** Whether a tenant may go from one status to another. */
export function mayBecome(from: `${TenantStatus}`, to: `${TenantStatus}`): boolean {
  return moves[from].includes(to);
}
