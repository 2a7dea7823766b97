import json
import os
import signal
import socket
import subprocess
import threading
import unittest

from support import COMMAND, PATIENCE, Proxy, Run, VENDORS, WithVendors, environment, wait_until_handled, write_accounts

ERROR_MEMBERS = ["account", "provider", "code", "effect", "transient", "retry_after", "http_status", "vendor_code",
                 "attempts", "message"]
SECRETS = {"bsg": "api_key", "dexatel": "api_key", "smsup": "token", "yeastar": "client_secret"}


def closed_port():
    """A port that nobody listens on: bound here, never listening, kept until the test ends."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    return holder, f"http://127.0.0.1:{holder.getsockname()[1]}"


class Failures(WithVendors):
    arguments = ("--campaigns", "12")

    def test_a_wrong_key_at_one_vendor_does_not_hide_the_others(self):
        for vendor, setting in SECRETS.items():
            config = self.vendors.write(self.vendors.changed(vendor, **{setting: "wr0ng-credential"}), "wrong.toml")
            run = Run("list", "-o", "ndjson", "--errors", "json", "--since", "2000-01-01", config=config)
            self.assertEqual(run.status, 1, run.err)
            self.assertEqual({c["account"] for c in run.lines}, set(VENDORS) - {vendor})
            (error,) = run.errors
            self.assertEqual(list(error), ERROR_MEMBERS)
            self.assertEqual((error["account"], error["provider"], error["code"], error["effect"]),
                             (vendor, vendor, "unauthenticated", "none"))
            self.assertGreaterEqual(error["attempts"], 1)
            self.assertNotIn("wr0ng-credential", run.err)
            self.assertEqual(Run("list", "--account", vendor, config=config).status, 3)

    def test_errors_as_text_name_account_vendor_and_code(self):
        config = self.vendors.write(self.vendors.changed("smsup", token="wr0ng-credential"), "wrong.toml")
        run = Run("list", config=config)
        self.assertEqual(run.status, 1)
        self.assertRegex(run.err, r"\Apolycampaign: bsg: .*\npolycampaign: smsup: smsup: unauthenticated: .*\n\Z")
        self.assertEqual(len({line.split()[0] for line in run.out.splitlines()[1:]}), 3)

    def test_a_dead_server_is_one_failure(self):
        holder, url = closed_port()
        self.addCleanup(holder.close)
        config = self.vendors.write(self.vendors.changed("dexatel", base_url=url), "dead.toml")
        run = Run("list", "-o", "json", "--errors", "json", config=config)
        self.assertEqual(run.status, 1, run.err)
        self.assertEqual({c["account"] for c in json.loads(run.out)}, set(VENDORS) - {"dexatel"})
        (error,) = run.errors
        self.assertEqual((error["account"], error["code"], error["http_status"]), ("dexatel", "network", None))

    def test_all_dead_is_nothing(self):
        holder, url = closed_port()
        self.addCleanup(holder.close)
        config = self.vendors.write({n: {**a, "base_url": url} for n, a in self.vendors.accounts.items()}, "dead.toml")
        for form in ("table", "json", "ndjson", "csv"):
            run = Run("list", "-o", form, "--errors", "json", config=config)
            self.assertEqual((run.status, run.out), (3, ""), "nothing had is not an empty list")
            self.assertEqual({(e["account"], e["code"]) for e in run.errors}, {(v, "network") for v in VENDORS})
        get = Run("get", "1", "--account", "smsup", config=config)
        self.assertEqual((get.status, get.out), (3, ""))
        self.assertIn("network", get.err)

    def test_a_missing_variable_stops_only_its_account(self):
        config = self.vendors.write(self.vendors.changed("bsg", api_key={"env": "NOT_SET_ANYWHERE"}), "missing.toml")
        run = Run("list", "-o", "ndjson", "--errors", "json", config=config)
        self.assertEqual(run.status, 1)
        self.assertEqual({c["account"] for c in run.lines}, set(VENDORS) - {"bsg"})
        (error,) = run.errors
        self.assertEqual((error["account"], error["code"], error["attempts"]), ("bsg", "configuration", 0))
        self.assertIn("NOT_SET_ANYWHERE", error["message"])
        for arguments in (["list"], ["get", "1"]):
            alone = Run(*arguments, "--account", "bsg", config=config)
            self.assertEqual(alone.status, 2)
            self.assertIn("NOT_SET_ANYWHERE", alone.err)
        self.assertEqual(Run("list", "--account", "smsup", config=config).status, 0)

    def test_a_value_that_cannot_be_used_is_named_with_its_account_and_origin(self):
        wrong = {("dexatel", "api_key"): "two words", ("smsup", "token"): "caf\u00e9", ("smsup", "format"): "yaml",
                 ("smsup", "time_zone"): "Europe/Atlantis", ("bsg", "base_url"): "ftp://example.com",
                 ("bsg", "timeout"): "010", ("bsg", "ca_file"): "/nonexistent/ca.pem",
                 ("yeastar", "pinned_public_key"): "sha256//short", ("yeastar", "client_id"): "",
                 ("yeastar", "client_secret"): None}
        for (account, setting), value in wrong.items():
            path = os.path.join(self.vendors.folder.name, "value")
            for origin, name in (({"env": "SOME_VARIABLE"}, "environment variable SOME_VARIABLE"),
                                 ({"file": path}, f"file {path}")):
                if os.path.exists(path):
                    os.unlink(path)
                if value is not None:
                    with open(path, "w") as file:
                        file.write(value)
                config = self.vendors.write(self.vendors.changed(account, **{setting: origin}), "unusable.toml")
                with self.subTest(setting=setting, origin=origin):
                    run = Run("list", "--account", account, "--errors", "json", config=config,
                              env={} if value is None else {"SOME_VARIABLE": value})
                    self.assertEqual((run.status, run.out), (2, ""))
                    (error,) = run.errors
                    self.assertEqual((error["account"], error["code"]), (account, "configuration"))
                    self.assertRegex(error["message"], rf"^{setting}[: ]")
                    self.assertEqual(error["message"].count(name), 1, error["message"])
                    if value and setting in ("api_key", "token"):
                        self.assertNotIn(value, run.err)

    def test_a_wait_that_the_vendor_asks_for_is_said_once(self):
        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"], lambda *_: (429, b"{}", {"Retry-After": "900"}))
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("smsup", base_url=proxy.base_url), "wait.toml")
        run = Run("list", "--account", "smsup", "--errors", "json", config=config)
        self.assertEqual(run.status, 3)
        (error,) = run.errors
        self.assertEqual((error["code"], error["transient"]), ("rate_limited", True))
        self.assertLessEqual(error["retry_after"], 900_000)
        self.assertGreater(error["retry_after"], 890_000)
        text = Run("list", "--account", "smsup", "--log-level", "off", config=config)
        self.assertEqual(len(text.err.splitlines()), 1)
        self.assertRegex(text.err, r"^(?!.*Retry after.*Retry after).*Retry after (900|89\d) s")
        log = Run("list", "--account", "smsup", "--log-level", "debug", config=config)
        ended = [line for line in log.err.splitlines() if "HTTP 429" in line]
        self.assertTrue(ended)
        for line in ended:
            self.assertLessEqual(line.count("Retry after"), 1, line)
        self.assertIn("Retry after", log.err.split("polycampaign: ")[0])

    def test_settings_from_environment_and_files_work_for_every_setting(self):
        accounts = {}
        env = {}
        for name, account in self.vendors.accounts.items():
            accounts[name] = {"provider": account["provider"]}
            for setting, value in account.items():
                if setting == "base_url":
                    env[f"{name}_url".upper()] = value
                    accounts[name][setting] = {"env": f"{name}_url".upper()}
                elif setting != "provider":
                    path = os.path.join(self.vendors.folder.name, f"{name}.{setting}")
                    with open(path, "w") as file:
                        file.write(value + "\n")
                    accounts[name][setting] = {"file": f"{name}.{setting}"}
        config = self.vendors.write(accounts, "references.toml")
        run = Run("list", "-o", "json", config=config, env=env)
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual({c["account"] for c in json.loads(run.out)}, set(VENDORS))

    def test_a_list_that_breaks_off_keeps_what_was_had(self):
        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"],
                      lambda number, method, path: (500, b"{}") if number > 2 else None)
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("smsup", base_url=proxy.base_url), "broken.toml")
        for form in ("ndjson", "json"):
            del proxy.requests[:]
            run = Run("list", "--account", "smsup", "--page-size", "3", "--prefetch", "1", "-o", form, "--errors", "json",
                      config=config)
            campaigns = run.lines if form == "ndjson" else json.loads(run.out)
            self.assertEqual((run.status, len(campaigns)), (1, 6), run.err)
            (error,) = run.errors
            self.assertEqual((error["code"], error["http_status"]), ("unavailable", 500))
            (note,) = [each for each in run.told if "note" in each]
            self.assertEqual(note, {"account": "smsup", "note": "the list ended early, after 6 campaigns"})

    def test_every_line_of_standard_error_is_json_when_asked_for(self):
        config = self.vendors.write(self.vendors.changed("smsup", token="wrong"), "wrong.toml")
        run = Run("list", "--errors", "json", "--log-level", "trace", "-o", "ndjson", config=config)
        kinds = {key for line in run.told for key in ("code", "note", "log") if key in line}
        self.assertEqual(kinds, {"code", "note", "log"})

    def test_a_refused_page_is_a_protocol_error(self):
        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"], lambda *_: (200, b"<html>\x1b[31mlogin</html>"))
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("smsup", base_url=proxy.base_url), "html.toml")
        run = Run("list", "--account", "smsup", config=config)
        self.assertEqual(run.status, 3)
        self.assertIn("protocol", run.err)
        self.assertNotIn("\x1b", run.err)

    def test_the_session_is_ended(self):
        proxy = Proxy(self.vendors.accounts["yeastar"]["base_url"])
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("yeastar", base_url=proxy.base_url), "session.toml")
        for arguments in (("list",), ("list", "--limit", "1", "-o", "ndjson"), ("get", "1")):
            del proxy.requests[:]
            Run(*arguments, "--account", "yeastar", config=config)
            self.assertEqual(sum("/get_token" in r for r in proxy.requests), 1, proxy.requests)
            self.assertIn("/del_token", proxy.requests[-1])

    def test_a_server_that_does_not_end_the_session_is_not_waited_for(self):
        release = threading.Event()
        self.addCleanup(release.set)
        proxy = Proxy(self.vendors.accounts["yeastar"]["base_url"],
                      lambda number, method, path: release.wait(PATIENCE) and None if "del_token" in path else None)
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("yeastar", base_url=proxy.base_url), "stuck.toml")
        run = Run("list", "--account", "yeastar", "-o", "json", config=config)
        self.assertEqual((run.status, run.err), (0, ""))
        self.assertEqual(len(json.loads(run.out)), 12)


class Interrupted(WithVendors):
    arguments = ("--campaigns", "12")

    def hanging(self, vendor):
        """An accounts file with one account whose server takes requests and never answers; and when it has one."""
        asked, release = threading.Event(), threading.Event()
        self.addCleanup(release.set)

        def hook(number, method, path):
            asked.set()
            release.wait(PATIENCE)

        proxy = Proxy(self.vendors.accounts[vendor]["base_url"], hook)
        self.addCleanup(proxy.close)
        return self.vendors.write(self.vendors.changed(vendor, base_url=proxy.base_url), "hanging.toml"), asked

    def test_a_signal_ends_every_network_command_and_says_so(self):
        for number, word in ((signal.SIGINT, "interrupted"), (signal.SIGTERM, "terminated"), (signal.SIGHUP, "hung up")):
            for arguments in (["list"], ["list", "-o", "ndjson"], ["list", "-o", "json"], ["get", "1", "--account", "smsup"]):
                config, asked = self.hanging("smsup")
                process = subprocess.Popen([COMMAND, "--config", config, *arguments], env=environment(),
                                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                self.assertTrue(asked.wait(PATIENCE))
                process.send_signal(number)
                out, err = process.communicate(timeout=PATIENCE)
                self.assertEqual(process.returncode, 128 + number, arguments)
                self.assertIn(f"polycampaign: {word}\n", err)
                self.assertNotIn("canceled", err)
                if "ndjson" not in arguments:
                    self.assertEqual(out, "", arguments)

    def test_a_signal_ends_a_command_that_got_another_one_before(self):
        config, asked = self.hanging("smsup")
        process = subprocess.Popen([COMMAND, "--config", config, "list"], env=environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        self.assertTrue(asked.wait(PATIENCE))
        process.send_signal(signal.SIGUSR1)
        wait_until_handled(process, signal.SIGUSR1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 128 + signal.SIGINT, err)

    def test_every_signal_ends_the_session_at_the_vendor(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asked, release = threading.Event(), threading.Event()

            def hook(number, method, path):
                if "/list" in path:
                    asked.set()
                    release.wait(PATIENCE)

            proxy = Proxy(self.vendors.accounts["yeastar"]["base_url"], hook)
            config = self.vendors.write(self.vendors.changed("yeastar", base_url=proxy.base_url), "session.toml")
            process = subprocess.Popen([COMMAND, "--config", config, "list", "--account", "yeastar"], env=environment(),
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.assertTrue(asked.wait(PATIENCE))
            process.send_signal(number)
            process.communicate(timeout=PATIENCE)
            self.assertEqual(process.returncode, 128 + number)
            self.assertIn("/del_token", proxy.requests[-1], number)
            release.set()
            proxy.close()

    def test_nohup_keeps_a_list_alive(self):
        asked, release = threading.Event(), threading.Event()

        def hook(number, method, path):
            asked.set()
            release.wait(PATIENCE)

        proxy = Proxy(self.vendors.accounts["smsup"]["base_url"], hook)
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("smsup", base_url=proxy.base_url), "nohup.toml")
        process = subprocess.Popen([COMMAND, "--config", config, "list", "--account", "smsup", "-o", "ndjson"],
                                   env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.assertTrue(asked.wait(PATIENCE))
        process.send_signal(signal.SIGHUP)
        release.set()
        out, err = process.communicate(timeout=PATIENCE)
        self.assertEqual((process.returncode, err), (0, b""))
        self.assertEqual(len(out.splitlines()), 12)

    def test_a_time_limit_of_the_account_is_kept(self):
        config, _ = self.hanging("smsup")
        accounts = {"smsup": {**self.vendors.accounts["smsup"], "timeout": "50ms"}}
        accounts["smsup"]["base_url"] = [l for l in config.read_text().splitlines() if "base_url" in l][2].split('"')[1]
        config = write_accounts(config, accounts)
        run = Run("list", "--errors", "json", config=config)
        self.assertEqual(run.status, 3)
        self.assertIn(run.errors[0]["code"], ("deadline_exceeded", "network"))


if __name__ == "__main__":
    unittest.main()
