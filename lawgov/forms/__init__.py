"""The forms that reports come in, other than plain text: each module turns the bytes of one into a `RawText`."""
