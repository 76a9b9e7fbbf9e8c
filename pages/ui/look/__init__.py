"""The visual language: the rungs' colours, and the style that all pages share."""
