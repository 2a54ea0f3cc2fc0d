"""Sealed columns of a model, read and set like plain ones.

A row that has them names its ``key_holder``, the row that holds the data key: of all that hangs on a submission
the submission. A value is opened when it is first read, so a list that shows none of it pays nothing.

The database sees bytes. Rows are written by ``save``, ``create`` and ``bulk_create``; ``update(column=…)`` and
every look-up but ``isnull`` are refused, since neither knows the row. Migrations see a plain ``BinaryField``.
"""

import json
from typing import TYPE_CHECKING, Any, Protocol, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from intake.encryption import sealing
from intake.encryption.keys import master_keys

if TYPE_CHECKING:
    _Column = models.BinaryField[Any, Any]
else:
    _Column = models.BinaryField


class Sealed(bytes):
    """A value as the database keeps it, not opened yet."""


class WrappedKey(_Column):
    """The data key of a row, wrapped by a master key: useless without the settings. Every new row gets one."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if add:
            _ = cast(KeyHolder, model_instance).data_key
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> Any:
        return _as_bytes(self, super().deconstruct())


class KeyHolder(models.Model):
    """A row that holds the data key of all that is sealed for it; ``key`` is None once it was destroyed."""

    key = WrappedKey(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def key_holder(self) -> "KeyHolder":
        return self

    @property
    def owner(self) -> bytes:
        """What the key is bound to: the row, by its table and id."""
        return f"{self._meta.db_table}|{self.pk}".encode()

    @property
    def is_erased(self) -> bool:
        """Whether its key was destroyed on purpose, because the person was erased."""
        return False

    @property
    def data_key(self) -> AESGCM:
        """Made when a new row first asks for it; ``Destroyed`` where it is gone."""
        if self.key is None:
            if not self._state.adding:
                raise sealing.Destroyed("The key of this row was destroyed.")
            self.key = master_keys().new_data_key(self.owner)
        return sealing.ready(master_keys(), bytes(self.key), self.owner)


class HasKeyHolder(Protocol):
    @property
    def key_holder(self) -> KeyHolder: ...


class _OpenedWhenRead(DeferredAttribute):
    """The value of a sealed column on a row: opened once, then as it was set."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        values, column = instance.__dict__, cast(SealedColumn, self.field)
        name = column.attname
        if name not in values:
            return super().__get__(instance, cls)  # deferred: read now, by another row that opens it
        if isinstance(values[name], Sealed):
            values[name] = column.unsealed(instance, values[name])
        return values[name]

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedColumn(_Column):
    """What both kinds share; ``packed`` and ``unpacked`` lead from a value to bytes and back."""

    descriptor_class = _OpenedWhenRead
    empty_strings_allowed = False
    #: what stands for no bytes at all
    nothing: Any = None
    #: what is read where the person was erased
    erased: Any = None

    def _check_str_default_value(self) -> list[Any]:
        return []  # the default is a value, not what the database keeps of it

    def packed(self, value: Any) -> bytes:
        raise NotImplementedError

    def unpacked(self, plain: bytes) -> Any:
        raise NotImplementedError

    def sealed(self, row: HasKeyHolder, value: Any) -> Sealed | None:
        if value is None or value == self.nothing:
            return None
        holder = row.key_holder
        return Sealed(sealing.seal(holder.data_key, self.packed(value), self.place(holder)))

    def unsealed(self, row: HasKeyHolder, sealed: bytes) -> Any:
        holder = row.key_holder
        if holder.key is None and holder.is_erased:
            return self.erased
        return self.unpacked(sealing.unseal(holder.data_key, sealed, self.place(holder)))

    def place(self, holder: KeyHolder) -> bytes:
        """What a value is bound to: its table and column, and whose it is."""
        return place(self.model._meta.db_table, self.attname, holder.owner)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):  # never opened: as it was
            return value
        row = cast(HasKeyHolder, model_instance)
        return self.sealed(row, getattr(model_instance, self.attname))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, Sealed):
            return super().get_db_prep_value(value, connection, prepared)
        raise FieldError(f"{self.model.__name__}.{self.attname} is sealed: only saving its row writes it.")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.nothing if value is None else Sealed(value)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> None:
        return None

    def deconstruct(self) -> Any:
        return _as_bytes(self, super().deconstruct())


class SealedText(SealedColumn):
    """Text; "" is stored as NULL, so that a constraint can ask whether something was written.

    With ``null`` the text may be "", without it there is always one.
    """

    nothing = erased = ""

    def get_default(self) -> str:
        return ""

    def packed(self, value: str) -> bytes:
        return value.encode()

    def unpacked(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSON(SealedColumn):
    """What ``json`` takes; None is stored as NULL, with ``null`` and a default also what is as the default."""

    @property
    def nothing(self) -> Any:
        return self.get_default() if self.null and self.has_default() else None

    @property
    def erased(self) -> Any:
        """None where it may be None, else what is as empty as its default: no answer and no change."""
        return self.get_default() if self.has_default() else None if self.null else {}

    def packed(self, value: Any) -> bytes:
        return json.dumps(value).encode()

    def unpacked(self, plain: bytes) -> Any:
        return json.loads(plain)


def place(table: str, column: str, owner: bytes) -> bytes:
    return f"{table}.{column}|".encode() + owner


def _as_bytes(field: models.Field, deconstructed: Any) -> Any:
    """For migrations: bytes, without what only a row of today's models can do."""
    name, _path, args, options = deconstructed
    return name, "django.db.models.BinaryField", args, {k: v for k, v in options.items() if k != "default"}
