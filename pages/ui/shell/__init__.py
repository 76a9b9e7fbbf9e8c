"""What stands round every page: menu, story, steps, foot, and what a visitor takes along."""
