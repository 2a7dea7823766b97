"""What the compiler says of an operation that is used wrongly: one sentence, and nothing behind it.
misuse.py ROOT GENERATED COMPILER"""
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys

root, generated = pathlib.Path(sys.argv[1]), sys.argv[2]
# what one compiler takes, another may refuse
compilers = sorted({sys.argv[3], *filter(None, [shutil.which("clang++")])})

HEAD = """#include "polycampaign/client_base.hpp"
#include "polycampaign/protocol/adapter.hpp"
using namespace polycampaign;
struct Nothing {};
struct TheirGet { using Answer = int; static constexpr Operation operation{"get", Action::read}; };
struct TheirOwn { using Answer = int; static constexpr Operation operation{"own", Action::read}; };
"""
IN_A_FUNCTION = "void use(CampaignClient& client) {{ {} }}\n"

# what is compiled -> the one error; None: it compiles
CASES = {
    IN_A_FUNCTION.format('(void)client.call(GetCampaign{"1"}); (void)client.list(ListCampaigns{});'): None,
    IN_A_FUNCTION.format("(void)client.call(ListCampaigns{});"): "this operation is a list: use list() or async_list()",
    IN_A_FUNCTION.format("client.start(ListCampaigns{}, {}, nullptr);"): "this operation is a list: use list() or async_list()",
    IN_A_FUNCTION.format('(void)client.list(GetCampaign{"1"});'): "this operation is not a list: use call() or start()",
    IN_A_FUNCTION.format('(void)client.async_list(GetCampaign{"1"});'): "this operation is not a list: use call() or start()",
    IN_A_FUNCTION.format("(void)client.call(Nothing{});"): "this type is not an operation that you can call",
    IN_A_FUNCTION.format("(void)client.list(Nothing{});"): "this type is not an operation that you can call",
    IN_A_FUNCTION.format("(void)client.call(TheirOwn{});"): None,
    IN_A_FUNCTION.format("(void)client.call(TheirGet{});"): "another operation already has this name",
    IN_A_FUNCTION.format("(void)client.call(LogIn{});"): "this type is not an operation that you can call",
    """struct Without final : ClientBase<Without> {
  Capabilities const& capabilities() const noexcept override;
};
struct Getter final : ClientBase<Getter> {
  Capabilities const& capabilities() const noexcept override;
  Result<Campaign> run(GetCampaign const&, CallOptions const&);
};
struct Bare : AdapterBase<Bare> {};
struct Lister : AdapterBase<Lister> {
  Result<protocol::Listing<Campaign>> pages(ListCampaigns const&, protocol::ListQuery const&) const;
};
void use(Bare& bare, Lister& lister) { (void)bare.has(GetCampaign::operation); (void)lister.has(GetCampaign::operation); }
Without without;
Getter getter;
""": None,
    """struct Own final : ClientBase<Own> {
  Capabilities const& capabilities() const noexcept override;
  Campaign run(GetCampaign const&, CallOptions const&);
};
Own own;
""": "run(Op const&, CallOptions const&) must return Result<Op::Answer>",
}


def compiled(case):
    compiler, source = case
    done = subprocess.run([compiler, "-std=c++20", "-x", "c++", "-I", str(root / "include"), "-I", generated, "-fsyntax-only", "-"],
                          input=HEAD + source, text=True, capture_output=True)
    return [line for line in done.stderr.splitlines() if "error:" in line]


cases = [(compiler, source) for compiler in compilers for source in CASES]
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    errors = list(pool.map(compiled, cases))
problems = []
for (compiler, source), found in zip(cases, errors):
    expected = CASES[source]
    # clang 14 adds that no function matches
    most = 2 if "clang" in compiler else 1
    good = not found if expected is None else 1 <= len(found) <= most and expected in found[0]
    if not good:
        problems.append(f"{compiler}: {source}expected {expected!r}, got\n" + "\n".join(found))
print("\n".join(problems))
print(f"{len(cases)} programs compiled")
sys.exit(1 if problems else 0)
