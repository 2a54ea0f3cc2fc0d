"""What staff may do, as Django keeps it; a person's rights are read by one sentence prepared beforehand.

Every staff page reads them. Django composes two queries for it, which costs more than running them.
"""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connections, router

_READ = f"""
    SELECT kind.app_label, permission.codename
    FROM "{Permission._meta.db_table}" permission
    JOIN "{ContentType._meta.db_table}" kind ON kind.id = permission.content_type_id
    WHERE permission.id IN (
        SELECT permission_id FROM "{User.user_permissions.through._meta.db_table}" WHERE user_id = %s
        UNION
        SELECT permission_id FROM "{Group.permissions.through._meta.db_table}" of_group
        JOIN "{User.groups.through._meta.db_table}" member ON member.group_id = of_group.group_id
        WHERE member.user_id = %s
    )
"""  # noqa: S608 names of tables


class Rights(ModelBackend):
    def get_all_permissions(self, user_obj: User | AnonymousUser, obj=None) -> set[str]:
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):  # where Django keeps them too
            with connections[router.db_for_read(Permission)].cursor() as cursor:
                cursor.execute(_READ, [user_obj.pk, user_obj.pk])
                user_obj._perm_cache = {f"{app}.{codename}" for app, codename in cursor.fetchall()}
        return user_obj._perm_cache
