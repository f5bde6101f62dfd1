"""Lists of documents that other programs export → what each entry says. Nothing is fetched, and nothing is written."""

from briefgen.capture.lists.entries import Entries as Entries
from briefgen.capture.lists.entries import ListEntry as ListEntry
from briefgen.capture.lists.entries import Unreadable as Unreadable
from briefgen.capture.lists.formats import read_list as read_list
