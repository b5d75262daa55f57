-- What happened to load balancers, as operator and health checkers tell it. Rows outlive what they are about, for a while.
create table event (
  id            bigint generated always as identity primary key, -- grows in the order in which readers see the rows
  organisation  text not null references organisation on delete cascade,
  load_balancer text not null, -- namespace/name
  at            timestamptz not null,
  body          text not null, -- JSON
  source        text not null, -- who saw it, and his number for it: it may be told twice
  number        bigint not null,
  unique (source, number)
);
create index event_load_balancer on event (organisation, load_balancer, id);
create index event_at on event (at);

-- What went through listeners.
create table usage (
  organisation    text not null references organisation on delete cascade,
  load_balancer   text not null,
  minute          timestamptz not null,
  listener        text not null, -- namespace/name
  source          text not null, -- the replica: it may be told twice
  connections     bigint not null,
  bytes_to_target bigint not null,
  bytes_to_client bigint not null,
  primary key (organisation, load_balancer, minute, listener, source)
);
create index usage_minute on usage (minute);

alter table event enable row level security;
alter table usage enable row level security;
create policy own on event using (organisation = current_setting('thalassa.organisation', true));
create policy own on usage using (organisation = current_setting('thalassa.organisation', true));
grant select on event, usage to thalassa_tenant;

-- The newest event of all: whoever waits for the next one asks for this.
create function last_event() returns bigint
language sql stable security definer set search_path = public, pg_temp
return (select coalesce(max(id), 0) from event);

revoke execute on function last_event() from public;
grant execute on function last_event() to thalassa_tenant;
