"""The sandbox of templates: all code that depends on the insides of jinja2, which is pinned to version 3.1.

It subclasses the environment, `Template`, `CodeGenerator` and `BytecodeCache`, changes syntax trees, and uses what the
runtime passes to its hooks. The checks of values and the limits always hold. `memoized_parts` and `fast_code` make
rendering faster; `BRIEFGEN_REFERENCE=1` turns them off, and `tests/property/test_sandbox.py` compares both modes.
"""
