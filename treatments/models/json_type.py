"""What kind of JSON a column holds, as SQL: ``object``, ``array``, ``string`` … on both databases."""

from typing import Any

from django.db.models import CharField, Func
from django.utils.deconstruct import deconstructible


@deconstructible(path="treatments.models.json_type.JsonType")
class JsonType(Func):
    """``JsonType("findings")`` for a check: a JSON column takes any JSON."""

    output_field = CharField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="JSONB_TYPEOF", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="JSON_TYPE", **context)
