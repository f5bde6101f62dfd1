"""The check of a site theme's templates, skipped while they are the ones that were found to be right."""

import msgspec

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.pipeline.planning import Plan
from briefgen.pipeline.rendering import OutputRenderer


def template_problems(renderer: OutputRenderer, plan: Plan, cache: Cache) -> list[Problem]:
    """Return what is wrong with the templates, used or not, and which of them are missing."""
    missing = renderer.missing_templates(plan.outputs)
    files = {name: (template.file, template.text) for name, template in plan.theme.templates.items()}
    key = b"templates" + digest(msgspec.msgpack.encode((code_fingerprint("render"), files))).encode()
    if cache.get(key) is not None:
        return missing
    found = renderer.template_problems()
    if not found:
        cache.put(key, b"")
    return [*missing, *found]
