"""Indexes and models in the hands of a person: opened, made, removed, looked after."""
