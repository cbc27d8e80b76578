"""Tests of the citation reader: what it finds, what it refuses, what it means."""
