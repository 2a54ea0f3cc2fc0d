"""The patient's pages: public, without JavaScript, one POST per page, every POST redirects."""
