-- Who is signed in at the console. A session names a token and ends with it; what the browser holds is a secret of its own.
create table session (
  hash       text primary key check (hash ~ '^[0-9a-f]{64}$'),
  token      text not null references token on delete cascade,
  expires_at timestamptz not null
);
create index session_token on session (token);
create index session_expires on session (expires_at);
alter table session enable row level security; -- and no policy: functions alone see it

-- The session, or null where nobody has the token. Of one token there are at most 20, of which the oldest go.
create function begin_session(session_hash text, token_hash text, seconds text) returns text
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from session where expires_at < now();
  delete from session s where s.token = token_hash and s.hash not in
    (select hash from session where token = token_hash order by expires_at desc limit 19);
  insert into session (hash, token, expires_at)
    select session_hash, t.hash, least(now() + cast(seconds as int) * interval '1 second', t.expires_at)
    from token t where t.hash = token_hash and exists (select from caller(token_hash))
    returning hash;
$$;

create function token_of_session(session_hash text) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select s.token from session s where s.hash = session_hash and s.expires_at > now();
$$;

create function end_session(session_hash text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from session where hash = session_hash;
$$;

revoke execute on function begin_session(text, text, text), token_of_session(text), end_session(text) from public;
grant execute on function begin_session(text, text, text), token_of_session(text), end_session(text) to thalassa_tenant;
