import { inboxTakeMigration } from './inbox-take-migration.js';
import { sharedTable, walls, type Migration } from './migration.js';

/**
 * The kit's own tables for events, before any of the subgraph's. The sweep role sees of whom and when, never what.
 * Rows leave by `prune`, 14 days after they were published or applied.
 */
export const outboxMigrations: readonly Migration[] = [
  {
    name: 'kit-0001-outbox',
    up: [
      `create table outbox (
        tenant_id text not null,
        id text not null,
        seq bigint generated always as identity,
        aggregate_type text not null,
        aggregate_id text not null,
        aggregate_version bigint not null,
        event_type text not null,
        payload jsonb not null,
        republished boolean not null,
        attempts int not null default 0,
        last_error text,
        created_at timestamptz not null default now(),
        published_at timestamptz,
        stream_sequence bigint,
        primary key (tenant_id, id)
      );`,
      'create index outbox_waiting on outbox (seq) where published_at is null;',
      'create unique index outbox_once_per_version on outbox (tenant_id, aggregate_id, event_type, aggregate_version) where not republished;',
      'create index outbox_by_sequence on outbox (stream_sequence) where stream_sequence is not null;',
      'create index outbox_by_age on outbox (published_at) where published_at is not null;',
      walls('outbox', { sweep: { columns: ['seq', 'created_at', 'published_at', 'stream_sequence'] } }),
      sharedTable('outbox_stream', 'name text primary key, born_at text not null'),
    ].join('\n'),
  },
  {
    name: 'kit-0002-inbox',
    up: [
      `create table inbox (
        tenant_id text not null,
        consumer text not null,
        id text not null,
        aggregate_id text not null,
        aggregate_version bigint not null,
        outcome text not null check (outcome in ('APPLIED', 'STALE')),
        applied_at timestamptz not null default now(),
        primary key (tenant_id, consumer, id)
      );`,
      "comment on column inbox.id is 'The event''s id.';",
      'create index inbox_by_age on inbox (applied_at);',
      walls('inbox', { sweep: { columns: ['applied_at'] } }),
      `create table inbox_head (
        tenant_id text not null,
        consumer text not null,
        aggregate_id text not null,
        version bigint not null,
        primary key (tenant_id, consumer, aggregate_id)
      );`,
      "comment on table inbox_head is 'The highest version of an aggregate that a consumer applied. Stays for good: an old event said again must stay old.';",
      walls('inbox_head'),
      `create table dead_letter (
        tenant_id text not null,
        id text not null,
        consumer text not null,
        aggregate_id text,
        aggregate_version bigint not null,
        status text not null check (status in ('DEAD', 'PARKED', 'REDRIVEN', 'DISCARDED')),
        subject text not null,
        body text not null,
        reason text not null,
        attempts int not null,
        died_at timestamptz not null,
        primary key (tenant_id, id)
      );`,
      "comment on column dead_letter.aggregate_id is 'Null for what is no event, which is kept under the platform''s tenant.';",
      "create index dead_letter_open on dead_letter (tenant_id, consumer, aggregate_id, aggregate_version) where status in ('DEAD', 'PARKED');",
      'create index dead_letter_by_age on dead_letter (died_at);',
      walls('dead_letter', { sweep: { columns: ['consumer', 'status', 'died_at'] } }),
    ].join('\n'),
  },
  inboxTakeMigration,
];
