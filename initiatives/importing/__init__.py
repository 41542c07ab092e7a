"""Import: readers give rows, parsing makes them answers, matching finds them again, running writes them in batches."""
