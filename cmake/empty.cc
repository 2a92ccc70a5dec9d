// A module with headers alone still needs one source to become a library.
