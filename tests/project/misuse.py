"""What the compiler says of an operation that is used wrongly: one sentence, and nothing behind it.
misuse.py ROOT GENERATED COMPILER"""
import concurrent.futures
import pathlib
import subprocess
import sys

root, generated, compiler = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]

HEAD = """#include "polycampaign/client_base.hpp"
#include "polycampaign/protocol/adapter.hpp"
using namespace polycampaign;
struct Nothing {};
"""
IN_A_FUNCTION = "void use(CampaignClient& client) {{ {} }}\n"

# what is compiled -> the one error; None: it compiles
CASES = {
    IN_A_FUNCTION.format('(void)client.call(GetCampaign{"1"}); (void)client.list(ListCampaigns{});'): None,
    IN_A_FUNCTION.format("(void)client.call(ListCampaigns{});"): "this operation is a list: use list() or async_list()",
    IN_A_FUNCTION.format("client.start(ListCampaigns{}, {}, nullptr);"): "this operation is a list: use list() or async_list()",
    IN_A_FUNCTION.format('(void)client.list(GetCampaign{"1"});'): "this operation is no list: use call() or start()",
    IN_A_FUNCTION.format('(void)client.async_list(GetCampaign{"1"});'): "this operation is no list: use call() or start()",
    IN_A_FUNCTION.format("(void)client.call(Nothing{});"): "this is no operation that can be called",
    IN_A_FUNCTION.format("(void)client.list(Nothing{});"): "this is no operation that can be called",
    IN_A_FUNCTION.format("(void)client.call(LogIn{});"): "this is no operation that can be called",
    """struct Own final : ClientBase<Own> {
  Capabilities const& capabilities() const noexcept override;
  Campaign run(GetCampaign const&, CallOptions const&);
};
Own own;
""": "run(Op const&, CallOptions const&) returns Result<Op::Answer>",
}


def compiled(source):
    done = subprocess.run([compiler, "-std=c++20", "-x", "c++", "-I", str(root / "include"), "-I", generated, "-fsyntax-only", "-"],
                          input=HEAD + source, text=True, capture_output=True)
    return [line for line in done.stderr.splitlines() if "error:" in line]


with concurrent.futures.ThreadPoolExecutor(2) as pool:
    errors = list(pool.map(compiled, CASES))
problems = []
for (source, expected), found in zip(CASES.items(), errors):
    good = not found if expected is None else len(found) == 1 and expected in found[0]
    if not good:
        problems.append(f"{source}expected {expected!r}, got\n" + "\n".join(found))
print("\n".join(problems))
print(f"{len(CASES)} programs compiled")
sys.exit(1 if problems else 0)
