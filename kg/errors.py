"""The exceptions that policy-kg raises; every one names the place, the bad value and the way out.

KgError
├── InputError          a document, folder or file that cannot be used
│   └── DocumentError   one document among many: the build goes on without it
├── ConfigurationError  the ontology, a reference table, a relation rule or a setting is wrong
├── QueryError          a SPARQL query that cannot be parsed, or that is refused
└── OutputError         the output folder or the store in it cannot be written or opened
"""

from textwrap import indent


class KgError(Exception):
    """Base of all errors of ours: a message for people, and where it happened.

    `place` is a file, or a file and line ("agencies.csv:12"); `value` the offending value as
    printed; `hint` the way out; `excerpt` the line in question with carets below, which `shown` adds.
    """

    def __init__(
        self,
        message: str,
        *,
        place: str | None = None,
        value: str | None = None,
        hint: str | None = None,
        excerpt: str | None = None,
    ):
        self.message, self.place, self.value, self.hint, self.excerpt = message, place, value, hint, excerpt
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        if self.value is not None:
            text += f" (found {self.value!r})"
        if self.hint:
            text += f". {self.hint}"
        return text

    def shown(self) -> str:
        """Return the message, and below it the line in question, where there is one."""
        return f"{self}\n{indent(self.excerpt, '    ')}" if self.excerpt else str(self)


class InputError(KgError):
    """The input cannot be used at all."""


class DocumentError(InputError):
    """One document cannot be used; the others are built."""


class ConfigurationError(KgError):
    """The ontology, a reference table, a relation rule or a setting is wrong."""


class QueryError(KgError):
    """A query cannot be parsed, or asks for what is refused."""


class OutputError(KgError):
    """The output folder, or the store in it, cannot be written or opened."""
