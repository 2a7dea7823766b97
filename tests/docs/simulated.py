"""The four vendors on this machine for as long as a `with` lasts: the command's `simulate`."""
import contextlib
import subprocess
import tomllib


@contextlib.contextmanager
def vendors(command):
    """Accounts by provider, each a table as in accounts.toml."""
    server = subprocess.Popen([command, "simulate", "--campaigns", "30"], stdout=subprocess.PIPE, text=True)
    try:
        text = ""
        for line in server.stdout:
            if line == "# ready\n":
                break
            text += line
        yield {account["provider"]: account for account in tomllib.loads(text)["accounts"].values()}
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()


def accounts_file(accounts):
    """The text of an accounts.toml: accounts by name."""
    lines = []
    for name, account in accounts.items():
        lines.append(f"[accounts.{name}]")
        lines += [f'{key} = "{value}"' for key, value in account.items()]
    return "\n".join(lines) + "\n"


def variables(account):
    """An account's settings as environment variables: BSG_API_KEY, SMSUP_TOKEN, YEASTAR_CLIENT_ID, ..."""
    return {f"{account['provider']}_{key}".upper(): value for key, value in account.items()
            if key not in ("provider", "base_url")}
