import type { Migration } from './migration.js';

/**
 * What one event costs before its effect, in one statement instead of four: a consumer's time is mostly round trips.
 * Its statements see what others committed while the head was waited for, which a single statement's snapshot would not.
 */
export const inboxTakeMigration: Migration = {
  name: 'kit-0003-inbox-take',
  up: `create function inbox_take(of_tenant text, of_consumer text, of_event text, of_aggregate text, of_version bigint, is_redrive boolean) returns text language plpgsql as $$
    declare head bigint;
    begin
      select version into head from inbox_head where tenant_id = of_tenant and consumer = of_consumer and aggregate_id = of_aggregate for update;
      if not found then
        insert into inbox_head (tenant_id, consumer, aggregate_id, version) values (of_tenant, of_consumer, of_aggregate, -1)
          on conflict (tenant_id, consumer, aggregate_id) do update set version = inbox_head.version returning version into head;
      end if;
      if exists (select from inbox where tenant_id = of_tenant and consumer = of_consumer and id = of_event) then return 'duplicate'; end if;
      if of_version > head and not is_redrive and exists (select from dead_letter where tenant_id = of_tenant and consumer = of_consumer and aggregate_id = of_aggregate and status in ('DEAD', 'PARKED')) then
        return 'parked';
      end if;
      insert into inbox (tenant_id, consumer, id, aggregate_id, aggregate_version, outcome)
        values (of_tenant, of_consumer, of_event, of_aggregate, of_version, case when of_version > head then 'APPLIED' else 'STALE' end);
      if of_version <= head then return 'stale'; end if;
      update inbox_head set version = of_version where tenant_id = of_tenant and consumer = of_consumer and aggregate_id = of_aggregate;
      return 'applied';
    end $$;
    comment on function inbox_take is 'Takes an event for a consumer, behind the lock of its aggregate: applied (its effect is to follow), stale, duplicate, or parked (to be put behind the dead letter of its aggregate).';`,
};
