-- Whoever serves requests is thalassa_tenant: it owns nothing, and of every table sees the rows of the organisation that it
-- has named (thalassa.organisation), and no others. What must be known before the organisation is, functions say.
do $$
begin
  if not exists (select from pg_roles where rolname = 'thalassa_tenant') then
    create role thalassa_tenant nologin;
  end if;
end
$$;
grant thalassa_tenant to current_user;
grant usage on schema public to thalassa_tenant;

create table organisation (
  identity    text primary key,
  name        text not null,
  slug        text not null unique,
  description text not null default '',
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);

create table person (
  subject    text primary key,
  name       text not null default '',
  email      text not null default '',
  created_at timestamptz not null default now()
);

create table membership (
  identity     text primary key,
  organisation text not null references organisation on delete cascade,
  subject      text not null references person on delete cascade,
  role         text not null check (role in ('OWNER', 'MEMBER')),
  created_at   timestamptz not null default now(),
  unique (organisation, subject)
);
create index membership_subject on membership (subject);

create table service_account (
  identity     text primary key,
  organisation text not null references organisation on delete cascade,
  name         text not null,
  secret_hash  text not null,
  created_at   timestamptz not null default now(),
  revoked_at   timestamptz
);

-- Of secrets only the SHA-256 is kept, in hexadecimal digits: they are random and long.
create table token (
  hash            text primary key check (hash ~ '^[0-9a-f]{64}$'),
  organisation    text references organisation on delete cascade, -- null: of a person, for all its organisations
  subject         text references person on delete cascade,
  service_account text references service_account on delete cascade,
  created_at      timestamptz not null default now(),
  expires_at      timestamptz,
  revoked_at      timestamptz,
  check (num_nonnulls(subject, service_account) = 1),
  check (service_account is null or organisation is not null)
);

alter table organisation enable row level security;
alter table membership enable row level security;
alter table service_account enable row level security;
alter table token enable row level security;

create policy own on organisation using (identity = current_setting('thalassa.organisation', true));
create policy own on membership using (organisation = current_setting('thalassa.organisation', true));
create policy own on service_account using (organisation = current_setting('thalassa.organisation', true));
create policy own on token using (organisation = current_setting('thalassa.organisation', true));

grant select on organisation, membership, service_account to thalassa_tenant;
grant select, insert, delete on token to thalassa_tenant;

create function rfc3339(moment timestamptz) returns text language sql immutable
return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

-- Who has the token, and one row for each of its organisations. No row: nobody.
create function caller(token_hash text)
returns table (
  subject text, person_name text, email text, person_since text,
  membership text, role text, member_since text,
  organisation text, name text, slug text, description text, created_at text, updated_at text)
language sql stable security definer set search_path = public, pg_temp as $$
  with valid as (
    select * from token t
    where t.hash = token_hash and t.revoked_at is null and (t.expires_at is null or t.expires_at > now()))
  select p.subject, p.name, p.email, rfc3339(p.created_at), m.identity, m.role, rfc3339(m.created_at),
         o.identity, o.name, o.slug, o.description, rfc3339(o.created_at), rfc3339(o.updated_at)
  from valid v join person p on p.subject = v.subject
  left join (membership m join organisation o on o.identity = m.organisation)
    on m.subject = p.subject and (v.organisation is null or v.organisation = m.organisation)
  union all
  select a.identity, a.name, '', rfc3339(a.created_at), a.identity, 'MEMBER', rfc3339(a.created_at),
         o.identity, o.name, o.slug, o.description, rfc3339(o.created_at), rfc3339(o.updated_at)
  from valid v join service_account a on a.identity = v.service_account and a.revoked_at is null
  join organisation o on o.identity = a.organisation
  order by 10;
$$;

-- The organisation of the service account with this secret.
create function organisation_of(account text, secret_hash text) returns text
language sql stable security definer set search_path = public, pg_temp
return (select a.organisation from service_account a
        where a.identity = account and a.secret_hash = organisation_of.secret_hash and a.revoked_at is null);

-- The first organisation of an installation, with a token of its owner, unless they are there.
create function found(organisation text, slug text, token_hash text) returns void
language sql set search_path = public, pg_temp as $$
  insert into organisation (identity, name, slug) values (organisation, slug, slug) on conflict do nothing;
  insert into person (subject, name) values ('founder-' || slug, 'Founder of ' || slug) on conflict do nothing;
  insert into membership (identity, organisation, subject, role)
    values ('om-' || organisation, organisation, 'founder-' || slug, 'OWNER') on conflict do nothing;
  insert into token (hash, subject) values (token_hash, 'founder-' || slug) on conflict do nothing;
$$;

revoke execute on function caller(text), organisation_of(text, text), found(text, text, text) from public;
grant execute on function caller(text), organisation_of(text, text) to thalassa_tenant;
