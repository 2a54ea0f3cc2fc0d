-- The empty database, as a superuser, after roles.sql and before a restore: psql -f deploy/postgresql/database.sql
CREATE DATABASE clinic OWNER clinic_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE clinic FROM PUBLIC;
GRANT CONNECT ON DATABASE clinic TO clinic;
\connect clinic
-- On each table that clinic_owner will make.
ALTER DEFAULT PRIVILEGES FOR ROLE clinic_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO clinic;
ALTER DEFAULT PRIVILEGES FOR ROLE clinic_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO clinic;
\ir settings.sql
