"""Records of JSON between processes (RFC 7464), whatever else gets into the stream.

``assets/proof/records.js`` is the other end.
"""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

__all__ = ["read_records", "write_record"]

_SEPARATOR = "\x1e"


def write_record(stream: IO[str], record: Mapping[str, Any]) -> None:
    """Write a record, without flushing the stream."""
    stream.write(f"{_SEPARATOR}{json.dumps(record)}\n")


def read_records(stream: IO[str]) -> Iterator[dict[str, Any]]:
    """The records of a stream until its end. What is not a record is left out."""
    for line in stream:
        _, separator, text = line.rpartition(_SEPARATOR)
        if not separator:
            continue
        try:
            record = json.loads(text)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield record
