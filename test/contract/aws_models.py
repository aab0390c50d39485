"""What AWS publishes about its API, from the PyPI packages cfn-lint and botocore, as JSON on standard output.

Standard input is a request: {"types": [...], "actions": [...]} or {"calls": [{"service", "operation", "parameters"}]}.
"""

import json
import sys
from pathlib import Path

# The region of the schemas: every type of the stacks exists there.
REGION = "ap-northeast-1"


def actions_of(types, actions):
    """Permissions of CloudFormation's handlers by type, and what the Service Authorization Reference has of actions."""
    import cfnlint

    data = Path(cfnlint.__file__).parent / "data"
    read = lambda *parts: json.loads(data.joinpath(*parts).read_text())
    names = read("schemas", "providers", f"{REGION}.json")
    lowered = {name.lower(): name for name in names}
    handlers = {}
    for name in types:
        known = lowered.get(name.lower())
        if known is None:
            continue
        schema = read("schemas", "resources", f"{names[known]}.json")
        # Pulumi never lists resources.
        verbs = (handler for verb, handler in schema["handlers"].items() if verb != "list")
        tagging = schema.get("tagging") or {}
        listed = [verb["permissions"] for verb in verbs] + [tagging.get("permissions") or []]
        handlers[name] = sorted({action for part in listed for action in part})
    reference = read("AdditionalSpecs", "Policies.json")
    authorization = {}
    for action in actions:
        service, name = action.split(":")
        entry = reference.get(service, {}).get("Actions", {}).get(name.lower())
        if entry is None:
            continue
        kinds = reference[service].get("Resources", {})
        authorization[action] = [
            arn
            for kind in entry.get("Resources", [])
            for arn in kinds.get(kind.lower(), {}).get("ARNFormats", [])
        ]
    return {"handlers": handlers, "authorization": authorization}


def shaped(shape, value):
    """A value with the names of the model: members in their own case, maps as lists of pairs where it has them."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        members = {name.lower(): name for name in shape.members}
        named = {members.get(name.lower(), name): item for name, item in value.items() if item is not None}
        return {
            name: shaped(shape.members[name], item) if name in shape.members else item
            for name, item in named.items()
        }
    if kind == "list" and isinstance(value, dict) and shape.member.type_name == "structure":
        names = {name.lower(): name for name in shape.member.members}
        key = names.get("key") or names.get("name")
        if key and "value" in names:
            return [{key: name, names["value"]: item} for name, item in value.items()]
    if kind == "list" and isinstance(value, list):
        return [shaped(shape.member, item) for item in value]
    if kind == "map" and isinstance(value, dict):
        return {name: shaped(shape.value, item) for name, item in value.items()}
    return value


def check(shape, value, path):
    """Enumerations and patterns, which botocore's own validation leaves to the service."""
    if shape.type_name == "structure":
        for name, member in (value or {}).items():
            if name in shape.members:
                yield from check(shape.members[name], member, f"{path}.{name}")
    elif shape.type_name == "list":
        for index, item in enumerate(value):
            yield from check(shape.member, item, f"{path}[{index}]")
        limits = shape.metadata
        if "max" in limits and len(value) > limits["max"]:
            yield f"{path}: {len(value)} items, at most {limits['max']}"
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from check(shape.key, key, f"{path} (key)")
            yield from check(shape.value, item, f"{path}.{key}")
    elif shape.type_name == "string":
        yield from check_text(shape, value, path)
    elif shape.type_name in ("integer", "long", "float", "double"):
        if "max" in shape.metadata and value > shape.metadata["max"]:
            yield f"{path}: {value}, at most {shape.metadata['max']}"


def check_text(shape, value, path):
    import regex

    limits = shape.metadata
    if "max" in limits and len(value) > limits["max"]:
        yield f"{path}: {value!r} has {len(value)} characters, at most {limits['max']}"
    if "enum" in limits and value not in limits["enum"]:
        yield f"{path}: {value!r} is none of {', '.join(limits['enum'])}"
    pattern = limits.get("pattern")
    if pattern and not regex.fullmatch(python_pattern(pattern), value):
        yield f"{path}: {value!r} does not match {pattern}"


def python_pattern(pattern):
    """Java writes characters above the basic plane as two, Python as one."""
    import regex

    def joined(match):
        pair = bytes.fromhex(match[1] + match[2]).decode("utf-16-be")
        return f"\\U{ord(pair):08x}"

    return regex.sub(r"\\u(d[89ab]..)\\u(d[c-f]..)", joined, pattern, flags=regex.I)


def problems_of(calls):
    """What is wrong with each call, by the service's model."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel
    from botocore.validate import ParamValidator

    loader = Loader()
    models = {}
    found = []
    for call in calls:
        service = call["service"]
        if service not in models:
            models[service] = ServiceModel(loader.load_service_model(service, "service-2"), service)
        shape = models[service].operation_model(call["operation"]).input_shape
        parameters = shaped(shape, call["parameters"])
        report = ParamValidator().validate(parameters, shape)
        lines = report.generate_report().splitlines() if report.has_errors() else []
        found.append(lines + list(check(shape, parameters, call["operation"])))
    return {"problems": found}


request = json.load(sys.stdin)
if "calls" in request:
    answer = problems_of(request["calls"])
else:
    answer = actions_of(request["types"], request["actions"])
json.dump(answer, sys.stdout)
