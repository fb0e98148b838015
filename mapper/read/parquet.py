"""Parquet as an Arrow table, never larger in memory than the caps allow."""

import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapper.read.report import Limits
from mapper.read.sources import bomb_cap, fail, size_words

__all__ = ["parquet_table"]

BATCH = 16_384


def parquet_table(data: bytes, name: str, limits: Limits) -> pa.Table:
    """Return all of a Parquet file.

    Repeated texts take next to nothing in the file and their whole length in memory: they are kept
    as references until it is known what they come to.

    Raises:
        InputError: it is beyond a cap.
        pa.ArrowException: it is damaged.
    """
    schema = pq.read_schema(io.BytesIO(data))
    texts = [field.name for field in schema if _is_bytes(field.type)]
    file = pq.ParquetFile(io.BytesIO(data), read_dictionary=texts)
    meta = file.metadata
    if meta.num_rows > limits.max_rows:
        raise fail(code="too_many_rows", file=name, cap=limits.max_rows)
    cap = bomb_cap(len(data), limits)
    total = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
    if total > cap:
        raise fail(code="bomb", file=name, cap=size_words(cap))
    batches, total = [], 0
    for batch in file.iter_batches(batch_size=BATCH):
        total += sum(_length(column) for column in batch.columns)
        if total > cap:
            raise fail(code="bomb", file=name, cap=size_words(cap))
        batches.append(batch)
    return _plain(pa.Table.from_batches(batches, file.schema_arrow if not batches else None))


def _is_bytes(kind: pa.DataType) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary)
    return any(test(kind) for test in tests)


def _length(column: pa.Array) -> int:
    """Return the bytes of a column once every repeated text stands in full."""
    if not pa.types.is_dictionary(column.type) or not _is_bytes(column.type.value_type):
        return int(column.nbytes)
    lengths = pc.take(pc.binary_length(column.dictionary), column.indices)
    return int(column.indices.nbytes) + int(pc.sum(pc.cast(lengths, pa.int64())).as_py() or 0)


def _plain(table: pa.Table) -> pa.Table:
    """Return the table with every text in full."""
    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            whole = table.column(at).cast(field.type.value_type)
            table = table.set_column(at, pa.field(field.name, whole.type), whole)
    return table
