"""Attacks by servers, folders and lock files on what the build pins for readers' browsers."""
