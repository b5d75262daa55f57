-- How many of a thing an organisation may have, where that is not what the service is set to.
create table quota (
  organisation text not null references organisation on delete cascade,
  name         text not null,
  max_usage    bigint not null check (max_usage >= 0),
  primary key (organisation, name)
);

create table quota_request (
  identity        text primary key,
  organisation    text not null references organisation on delete cascade,
  quota           text not null,
  max_usage       bigint not null,
  reason          text not null,
  decision        text not null default 'pending' check (decision in ('pending', 'approved', 'denied')),
  decision_reason text,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);
create index quota_request_organisation on quota_request (organisation);

-- What the platform says to a request: once, with a reason for who asked.
create function decide(request text, granted boolean, why text) returns void
language sql set search_path = public, pg_temp as $$
  with decided as (
    update quota_request set decision = case when granted then 'approved' else 'denied' end,
      decision_reason = why, updated_at = now()
    where identity = request and decision = 'pending' returning *)
  insert into quota (organisation, name, max_usage)
    select organisation, quota, max_usage from decided where granted
    on conflict (organisation, name) do update set max_usage = excluded.max_usage;
$$;

alter table quota enable row level security;
alter table quota_request enable row level security;

create policy own on quota using (organisation = current_setting('thalassa.organisation', true));
create policy own on quota_request using (organisation = current_setting('thalassa.organisation', true));

grant select on quota to thalassa_tenant;
grant select, insert on quota_request to thalassa_tenant;

-- name=number, separated by commas.
create function quotas_of(whose text) returns text
language sql stable security definer set search_path = public, pg_temp
return (select coalesce(string_agg(q.name || '=' || q.max_usage, ','), '') from quota q where q.organisation = whose);

-- As before, and with what the organisation may have.
drop function caller(text);
create function caller(token_hash text)
returns table (
  subject text, person_name text, email text, person_since text,
  membership text, role text, member_since text,
  organisation text, name text, slug text, description text, created_at text, updated_at text, quotas text)
language sql stable security definer set search_path = public, pg_temp as $$
  with valid as (
    select * from token t
    where t.hash = token_hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > now()))
  select p.subject, p.name, p.email, rfc3339(p.created_at), m.identity, m.role, rfc3339(m.created_at),
         o.identity, o.name, o.slug, o.description, rfc3339(o.created_at), rfc3339(o.updated_at), quotas_of(o.identity)
  from valid v join person p on p.subject = v.subject
  left join (membership m join organisation o on o.identity = m.organisation)
    on m.subject = p.subject and (v.organisation is null or v.organisation = m.organisation)
  union all
  select a.identity, a.name, '', rfc3339(a.created_at), a.identity, 'MEMBER', rfc3339(a.created_at),
         o.identity, o.name, o.slug, o.description, rfc3339(o.created_at), rfc3339(o.updated_at), quotas_of(o.identity)
  from valid v join service_account a on a.identity = v.service_account and a.revoked_at is null
  join organisation o on o.identity = a.organisation
  order by 10;
$$;

revoke execute on function decide(text, boolean, text), quotas_of(text), caller(text) from public;
grant execute on function caller(text) to thalassa_tenant;
