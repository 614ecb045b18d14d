"""What a record is: type, variables, names, dates and identifiers, in the words of CSL."""

from northbib.records.dates import Date, Day
from northbib.records.names import Name
from northbib.records.record import Record, Value
from northbib.records.text import fold, plain

__all__ = ["Date", "Day", "Name", "Record", "Value", "fold", "plain"]
