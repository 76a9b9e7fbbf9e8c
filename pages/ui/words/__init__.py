"""Words for a page: sentences about any model, and numbers as people read them."""
