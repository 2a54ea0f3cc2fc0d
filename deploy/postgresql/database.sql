-- The empty database, as a superuser, after roles.sql and before a restore; what clinic may do there is granted by
-- manage.py grant_app_role, once there are tables: psql -f deploy/postgresql/database.sql
CREATE DATABASE clinic OWNER clinic_owner TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE clinic FROM PUBLIC;
GRANT CONNECT ON DATABASE clinic TO clinic;
\connect clinic
\ir settings.sql
