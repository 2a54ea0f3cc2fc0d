"""The promises of docs/trust.md, tried in small; each has a control that must fail."""
