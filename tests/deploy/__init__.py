"""The files of `deploy/` and the pages that say how to use them: read by what they are for, and followed."""
