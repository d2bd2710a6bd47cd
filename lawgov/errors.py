"""The errors that lawgov raises on purpose: each says what was seen, what was expected and what to do."""


class LawgovError(Exception):
    """Base of all errors that lawgov raises on purpose."""


class InputError(LawgovError):
    """A report cannot be read: missing, empty, binary, without Chinese, and so on."""


class LabelError(LawgovError):
    """A table of labels does not fit: a column is missing, a name is not in the rubric, and so on."""


class ModelError(LawgovError):
    """A model folder is missing, damaged, of another format, or of another rubric."""


class RubricError(LawgovError):
    """A rubric file does not say what a rubric needs."""
