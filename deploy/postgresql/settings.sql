-- What PostgreSQL keeps of statements, for the database that psql is connected to, as a superuser:
-- psql -d clinic -f deploy/postgresql/settings.sql
-- As it comes, its own log repeats a statement that fails, with names and addresses in it, and a whole row.
ALTER DATABASE :"DBNAME" SET log_min_error_statement = 'panic';
ALTER DATABASE :"DBNAME" SET log_error_verbosity = 'terse';
ALTER DATABASE :"DBNAME" SET log_parameter_max_length_on_error = 0;
ALTER DATABASE :"DBNAME" SET log_statement = 'none';
ALTER DATABASE :"DBNAME" SET log_min_duration_statement = -1;
ALTER DATABASE :"DBNAME" SET log_min_duration_sample = -1;
-- An answer that was said to be saved survives a power cut.
ALTER DATABASE :"DBNAME" SET synchronous_commit = 'on';
