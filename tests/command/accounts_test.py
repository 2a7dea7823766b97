import json
import pathlib
import tempfile
import unittest

from support import Run, write_accounts

SECRET = "pl4nted-s3cret"


class AccountsFile(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def file(self, place, account):
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_accounts(path, {account: {"provider": "bsg", "api_key": SECRET}})

    def listed(self, *arguments, **options):
        run = Run(*arguments, "accounts", "-o", "json", **options)
        self.assertEqual(run.status, 0, run.err)
        return [account["account"] for account in json.loads(run.out)]

    def test_the_file_is_found_in_the_documented_order(self):
        given = self.file("given.toml", "given")
        named = self.file("named.toml", "named")
        self.file("xdg/polycampaign/accounts.toml", "xdg")
        self.file("home/.config/polycampaign/accounts.toml", "home")
        env = {"HOME": self.folder / "home"}
        self.assertEqual(self.listed(env=env), ["home"])
        env["XDG_CONFIG_HOME"] = self.folder / "xdg"
        self.assertEqual(self.listed(env=env), ["xdg"])
        env["POLYCAMPAIGN_CONFIG"] = named
        self.assertEqual(self.listed(env=env), ["named"])
        self.assertEqual(self.listed("--config", given, env=env), ["given"])
        self.assertEqual(self.listed(env={**env, "POLYCAMPAIGN_CONFIG": "", "XDG_CONFIG_HOME": "relative"}), ["home"])

    def test_a_missing_file_says_where_it_was_looked_for_and_how_to_start(self):
        default = str(self.folder / ".config/polycampaign/accounts.toml")
        for env, words in (({"HOME": self.folder}, [default, "--config", "POLYCAMPAIGN_CONFIG", "No such file"]),
                           ({"POLYCAMPAIGN_CONFIG": "/nonexistent/a.toml"},
                            ["/nonexistent/a.toml", "POLYCAMPAIGN_CONFIG", "No such file"]),
                           ({"HOME": ""}, ["HOME", "--config", "POLYCAMPAIGN_CONFIG"])):
            run = Run("list", env=env)
            self.assertEqual((run.status, run.out), (2, ""))
            for word in [*words, "polycampaign demo", "polycampaign simulate"]:
                self.assertIn(word, run.err)
        run = Run("list", config="/nonexistent/b.toml")
        self.assertEqual(run.status, 2)
        self.assertIn("/nonexistent/b.toml", run.err)
        self.assertIn("No such file", run.err)

    def test_a_file_that_cannot_be_read_is_a_configuration_error(self):
        run = Run("--errors", "json", "list", config=self.folder)
        self.assertEqual(run.status, 2)
        self.assertEqual(run.errors[0]["code"], "configuration")
        self.assertIn("directory", run.errors[0]["message"])

    def test_a_misspelt_key_names_file_line_and_nearest_word(self):
        path = self.folder / "accounts.toml"
        path.write_text(f'[accounts.promo]\nprovider = "bsg"\napi_kye = "{SECRET}"\n')
        for command in (["list"], ["accounts"], ["get", "1"]):
            run = Run(*command, config=path)
            self.assertEqual((run.status, run.out), (2, ""))
            self.assertIn(f'{path}:3:1: unknown key "api_kye"; did you mean "api_key"?', run.err)
            self.assertNotIn(SECRET, run.err)

    def test_an_unknown_provider_names_the_nearest(self):
        path = self.folder / "accounts.toml"
        path.write_text('[accounts.promo]\nprovider = "yeaster"\n')
        run = Run("list", config=path)
        self.assertEqual(run.status, 2)
        self.assertIn(f'{path}:2:1: unknown provider "yeaster"; did you mean "yeastar"?', run.err)

    def test_broken_toml_names_line_and_column_and_no_value(self):
        path = self.folder / "accounts.toml"
        for text in (f'[accounts.a]\nprovider = "bsg"\napi_key = "{SECRET}\n', f'[accounts.a]\n\napi_key = {SECRET}\n'):
            path.write_text(text)
            run = Run("list", config=path)
            self.assertEqual(run.status, 2)
            self.assertRegex(run.err, rf"{path}:3:\d+: ")
            self.assertNotIn(SECRET, run.err)

    def test_an_unknown_account_names_the_nearest(self):
        run = Run("list", "--account", "promo", "--account", "offize", config=write_accounts(
            self.folder / "a.toml", {n: {"provider": "bsg", "api_key": "k"} for n in ("promo", "office", "shop")}))
        self.assertEqual((run.status, run.out), (2, ""))
        self.assertIn('unknown account "offize"; did you mean "office"?', run.err)

    def test_accounts_shows_where_secrets_come_from_and_never_the_secret(self):
        (self.folder / "token").write_text(SECRET + "\n")
        config = write_accounts(self.folder / "a.toml", {
            "promo": {"provider": "bsg", "api_key": {"env": "BSG_API_KEY"}, "time_zone": "Europe/Kyiv"},
            "dead": {"provider": "bsg", "api_key": {"env": "NOT_SET_ANYWHERE"}},
            "shop": {"provider": "smsup", "token": {"file": "token"}, "base_url": f"https://u:{SECRET}@api.example.com/x",
                     "allow_plain_http": True},
            "lost": {"provider": "smsup", "token": {"file": "/nonexistent/t"}},
            "pbx": {"provider": "yeastar", "base_url": "https://pbx.example.com:8088", "client_id": "id",
                    "client_secret": SECRET, "requests_per_second": 0.5, "in_flight": 2}})
        run = Run("accounts", config=config, env={"BSG_API_KEY": SECRET, "COLUMNS": 200})
        self.assertEqual((run.status, run.err), (0, ""))
        self.assertNotIn(SECRET, run.out)
        lines = {line.split()[0]: line for line in run.out.splitlines()}
        self.assertEqual(list(lines), ["ACCOUNT", "promo", "dead", "shop", "lost", "pbx"])
        self.assertIn("api_key env BSG_API_KEY (set), time_zone set", lines["promo"])
        self.assertIn("vendor's default", lines["promo"])
        self.assertIn("api_key env NOT_SET_ANYWHERE (not set)", lines["dead"])
        self.assertIn(f"token file {self.folder}/token (readable), allow_plain_http", lines["shop"])
        self.assertIn("https://REDACTED@api.example.com/x", lines["shop"])
        self.assertIn("token file /nonexistent/t (empty or unreadable)", lines["lost"])
        self.assertIn("https://pbx.example.com:8088", lines["pbx"])
        self.assertIn("client_id set, client_secret set, requests_per_second 0.5, in_flight 2", lines["pbx"])
        (promo,) = json.loads(Run("accounts", "-o", "json", "--account", "promo", config=config).out)
        self.assertEqual((promo["requests_per_second"], promo["in_flight"]), (None, None))
        as_json = Run("accounts", "-o", "json", "--account", "pbx", config=config)
        self.assertNotIn(SECRET, as_json.out)
        (pbx,) = json.loads(as_json.out)
        self.assertEqual(pbx, {"account": "pbx", "provider": "yeastar", "base_url": "https://pbx.example.com:8088",
                               "allow_plain_http": False, "requests_per_second": 0.5, "in_flight": 2,
                               "settings": {"client_id": "set", "client_secret": "set"}})

    def test_get_needs_one_account(self):
        config = write_accounts(self.folder / "a.toml",
                                {n: {"provider": "bsg", "api_key": "k"} for n in ("promo", "office", "shop")})
        for arguments in (["get", "1"], ["get", "1", "--account", "promo", "--account", "shop"]):
            run = Run(*arguments, config=config)
            self.assertEqual((run.status, run.out), (2, ""))
            self.assertIn("get needs exactly one account; select it with --account: promo, ", run.err)


if __name__ == "__main__":
    unittest.main()
