"""What goes wrong with a journal and must be mended by somebody."""

import errno

from fupin_rules.errors import Fault, WorkflowError


class JournalCorruptError(WorkflowError):
    """Stored bytes are not what was written: somebody must look before anything is added."""


class ConflictError(WorkflowError):
    """An entry does not follow the last one of its case: read again, decide again."""


class JournalLockedError(WorkflowError):
    """Another writer holds the journal."""


def os_fault(error: OSError, where: str, what: str) -> WorkflowError:
    """
    Give the error for a refusal of the operating system.

    Args:
        error: Named by its symbol (`ENOSPC`), because the sentence of the system depends on the locale.
        where: The file.
        what: What could not be done.
    """
    symbol = errno.errorcode.get(error.errno or 0, "unknown")
    return WorkflowError(Fault(where, f"{what}: {symbol}", "see to the file, its folder and the disk", "os"))
