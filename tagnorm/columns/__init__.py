"""Whole columns of raw strings."""
