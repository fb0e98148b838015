"""What a user supplies besides incidents: crossings, their status, admin layers.

Each is a table of text as `read` gives it, and becomes a typed table in the schema of our own file
and rows of PROBLEM: a bad row is said, the good ones are used.
"""

from mapper.supplied.admin import admin_layer
from mapper.supplied.crossings import crossings
from mapper.supplied.faults import Faults
from mapper.supplied.status import status

__all__ = ["Faults", "admin_layer", "crossings", "status"]
