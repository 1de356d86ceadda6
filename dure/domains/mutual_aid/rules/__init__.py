"""The rules of mutual aid. Pure."""
