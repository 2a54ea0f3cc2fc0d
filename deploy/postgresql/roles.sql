-- The two roles. Once for a server, as a superuser: psql -f deploy/postgresql/roles.sql
-- clinic_owner owns the tables: it migrates, backs up and tries restores (CREATEDB). clinic runs the app, and may
-- neither change a table nor take a trigger off.
CREATE ROLE clinic_owner LOGIN NOSUPERUSER NOCREATEROLE CREATEDB;
CREATE ROLE clinic LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB;
