"""Questions that stand folded away under a few words, open where one of them has an error."""

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string

from intake.fields.kinds import Text


class Fold(LayoutObject):
    """``names`` are the form's fields under the words ``title``."""

    template = "clinic/layout/fold.html"

    def __init__(self, title: Text, *names: str):
        self.title, self.fields = title, list(names)

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        fields = self.get_rendered_fields(form, context, template_pack, **kwargs)
        is_open = any(form.errors.get(name) for name in self.fields) if form.is_bound else False
        return render_to_string(self.template, {"title": self.title, "fields": fields, "is_open": is_open})
