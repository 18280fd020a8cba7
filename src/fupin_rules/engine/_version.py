"""The version of the library, in its one place."""

LIBRARY_VERSION = "0.1.0.dev0"
