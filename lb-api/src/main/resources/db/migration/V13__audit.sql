-- Who changed what, and who was not let in. Rows outlive what they are about.
create table audit (
  id           bigint generated always as identity primary key,
  organisation text, -- null: of nobody that is known
  at           timestamptz not null,
  subject      text not null,
  method       text not null,
  path         text not null,
  status       int not null,
  request_id   text not null,
  address      text not null
);
create index audit_organisation on audit (organisation, id);
create index audit_at on audit (at);

alter table audit enable row level security;
create policy own on audit using (organisation = current_setting('thalassa.organisation', true));
grant select on audit to thalassa_tenant;
