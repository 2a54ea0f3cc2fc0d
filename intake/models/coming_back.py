"""What a draft knows for the way back to it: the language of its pages."""

from intake.models.drafting import Drafting


class ComesBack(Drafting):
    """A draft that somebody may leave and come back to."""

    class Meta:
        abstract = True

    def read_in(self, code: str) -> None:
        """Its pages are read in ``code`` from now on; a language to speak that was given stays."""
        if self.is_draft and not self.spoken and self.language != code:
            self.language = code
            type(self).objects.filter(pk=self.pk, **self.OPEN).update(language=code)
