"""Reads what the counters' example writes as Prometheus reads it, and checks that the numbers agree with each other."""
import re
import subprocess
import sys

text = subprocess.run(sys.argv[1], capture_output=True, text=True, check=True, timeout=60).stdout
types, samples = {}, []
for line in text.splitlines():
    if line.startswith("# TYPE "):
        _, _, name, kind = line.split(" ")
        assert name not in types, f"{name} twice"
        types[name] = kind
    elif not line.startswith("# HELP "):
        match = re.fullmatch(r'([a-z_]+)\{((?:[a-z]+="[^"\\]*",?)*)\} ([0-9.e+-]+)', line)
        assert match, f"not the text form: {line}"
        labels = dict(re.findall(r'([a-z]+)="([^"]*)"', match[2]))
        samples.append((match[1], labels, float(match[3])))

families = {re.sub(r"_(bucket|sum|count)$", "", name) if types.get(name) is None else name for name, _, _ in samples}
assert families <= set(types), families - set(types)
assert len(types) == 5, types
assert len({(name, tuple(sorted(labels.items()))) for name, labels, _ in samples}) == len(samples), "a sample twice"


def total(name, **labels):
    return sum(value for n, l, value in samples if n == name and labels.items() <= l.items())


for provider in ("yeastar", "bsg", "smsup", "dexatel"):
    requests = total("polycampaign_requests_total", provider=provider)
    assert requests >= 2, f"{provider}: {requests} requests"
    assert total("polycampaign_request_seconds_count", provider=provider) == requests
    assert total("polycampaign_request_seconds_bucket", provider=provider, le="+Inf") == requests
    assert total("polycampaign_response_bytes_total", provider=provider) > 1000
    assert total("polycampaign_calls_total", provider=provider, operation="list", code="ok", effect="done") >= 1, provider
assert total("polycampaign_calls_total", provider="bsg", operation="get") == 4
