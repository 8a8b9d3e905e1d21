"""Time as everything else reckons with it: intervals, zones, periods, calendars and working time; no I/O, no clock."""
