"""From a file to rows, one at a time: nothing here ever holds more than one row."""
