import { z } from 'zod';
import type { Call } from '../api/call.js';
import { listPage } from '../api/list-page.js';
import { anywhere, flag, paging, readParams, text } from '../api/read-params.js';
import type { EventRecord } from '../kinds.js';

const listParams = z.strictObject({ ...paging, type: text.optional(), types: z.array(text).max(20).optional(), delivery_success: flag.optional() });

/** `GET /v1/events/:id`. */
export function readEvent({ books, form, id }: Call): object {
  readParams(form, z.strictObject(anywhere));
  return books.get('event', id);
}

/** `GET /v1/events`: a type may end in `.*`. */
export function listEvents({ books, form }: Call): object {
  const params = readParams(form, listParams);
  const types = params.types ?? (params.type === undefined ? undefined : [params.type]);
  const isWanted = (event: EventRecord): boolean => types === undefined || types.some((type) => type === event.type || (type.endsWith('*') && event.type.startsWith(type.slice(0, -1))));
  const isTaken = (event: EventRecord): boolean => params.delivery_success === undefined || params.delivery_success === (event.pending_webhooks === 0);
  return listPage('/v1/events', books.all('event').filter((event) => isWanted(event) && isTaken(event)), params);
}
