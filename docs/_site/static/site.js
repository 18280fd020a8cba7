// A browser lets no page read another one from a disk, so that the search could not quote the pages that it finds.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
