"""A person's rights are those that Django's own backend finds, read in one query."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission, User

from clinic.rights import Rights
from tests.conftest import GROUP_OF


def again(person: User) -> User:
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize("name", GROUP_OF)
def test_they_are_djangos(name, cast, django_assert_num_queries):
    person = getattr(cast, name)
    person.user_permissions.add(Permission.objects.get(codename="view_user"))
    reader = again(person)
    with django_assert_num_queries(1):
        found = Rights().get_all_permissions(reader)
        assert Rights().get_all_permissions(reader) == found
    assert found == ModelBackend().get_all_permissions(again(person))
    assert again(person).has_perm("auth.view_user") and again(person).has_module_perms("auth")


def test_who_left_or_never_signed_in_has_none(cast):
    User.objects.filter(pk=cast.cora.pk).update(is_active=False)
    for person in (again(cast.cora), AnonymousUser()):
        assert Rights().get_all_permissions(person) == set()
        assert not person.has_perm("treatments.view_referral")


def test_they_do_not_outlive_the_request(cast):
    assert again(cast.cora).has_perm("treatments.view_referral")
    cast.cora.groups.clear()
    assert not again(cast.cora).has_perm("treatments.view_referral")


def test_a_superuser_has_them_all(db):
    root = User.objects.create_superuser("root")
    assert Rights().get_all_permissions(root) == ModelBackend().get_all_permissions(again(root))
