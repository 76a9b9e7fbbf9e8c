"""Answers held against their key: right, wrong, and by which known road."""
