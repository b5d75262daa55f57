create table project (
  identity     text primary key,
  organisation text not null references organisation on delete cascade,
  name         text not null,
  slug         text not null,
  description  text not null,
  labels       text not null, -- both are JSON
  annotations  text not null,
  parent       text references project,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  version      bigint not null,
  unique (organisation, slug)
);

alter table project enable row level security;
create policy own on project using (organisation = current_setting('thalassa.organisation', true));
grant select, insert, update, delete on project to thalassa_tenant;
