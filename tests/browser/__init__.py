"""Tests that need a real browser: what a visitor sees and does."""
