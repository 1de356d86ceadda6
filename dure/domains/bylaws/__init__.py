"""Bylaws: the rules that decide about people and money, as data with their articles."""
