"""The register of the operations that the matrix runs in every admin language."""

OPERATIONS = {}


def operation(function):
    """Have the matrix run `function(site)`; it is known by its module and its name."""
    module = function.__module__.rsplit(".", 1)[-1].removesuffix("_operations")
    OPERATIONS[f"{module}: {function.__name__.replace('_', ' ')}"] = function
    return function
