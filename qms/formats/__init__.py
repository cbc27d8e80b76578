"""Texts in and out of their formats, by way of one intermediate form. Pure; nothing here reads or writes files."""
