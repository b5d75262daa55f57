-- Whose tokens are as good as a service account's own secret: the issuer's, for this subject and audience, signed with one of
-- these keys (a JSON Web Key Set, RFC 7517). Keys are kept here rather than fetched: nobody makes the service ask an address.
create table workload (
  service_account text not null references service_account on delete cascade,
  issuer          text not null,
  subject         text not null,
  audience        text not null,
  keys            text not null,
  primary key (service_account, issuer, subject)
);

alter table workload enable row level security; -- without a policy: read by a function only

-- The workloads of a service account of an organisation.
create function workloads(account text, whose text)
returns table (organisation text, issuer text, subject text, audience text, keys text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.identity, w.issuer, w.subject, w.audience, w.keys
  from workload w
  join service_account a on a.identity = w.service_account and a.revoked_at is null
  join organisation o on o.identity = a.organisation
  where a.identity = account and whose in (o.identity, o.slug);
$$;

revoke execute on function workloads(text, text) from public;
grant execute on function workloads(text, text) to thalassa_tenant;
