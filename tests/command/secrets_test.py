import json
import unittest

from support import Proxy, Run, WithVendors

PLANTED = "pl4nted-s3cret-0123456789"


class Secrets(WithVendors):
    arguments = ("--campaigns", "5")

    def setUp(self):
        self.real = [value for account in self.vendors.accounts.values() for setting, value in account.items()
                     if setting in ("api_key", "token", "client_secret", "client_id")]
        self.assertEqual(len(self.real), 5)

    def check(self, run, *more):
        for secret in [*self.real, PLANTED, *more]:
            self.assertNotIn(secret, run.out)
            self.assertNotIn(secret, run.err)

    def test_nothing_shows_a_credential(self):
        campaigns = self.run_ok("list", "-o", "ndjson", "--log-level", "trace")
        self.check(campaigns)
        self.assertIn("/message_campaign/list", campaigns.err)
        self.check(self.run_ok("accounts"))
        self.check(self.run_ok("accounts", "-o", "json"))
        for form in ("text", "json"):
            for account in self.vendors.accounts:
                self.check(Run("--account", account, "get", "404404", "--log-level", "trace", "--errors", form,
                               config=self.vendors.config))

    def test_tokens_that_the_vendors_give_are_not_shown(self):
        for vendor in ("yeastar", "bsg"):
            proxy = Proxy(self.vendors.accounts[vendor]["base_url"])
            self.addCleanup(proxy.close)
            config = self.vendors.write(self.vendors.changed(vendor, base_url=proxy.base_url), "traced.toml")
            run = Run("list", "--account", vendor, "--log-level", "trace", config=config)
            self.assertEqual(run.status, 0, run.err)
            tokens = {r.split("access_token=")[1].split("&")[0] for r in proxy.requests if "access_token=" in r}
            tokens |= {value.removeprefix("Bearer ") for value in proxy.authorizations}
            self.assertTrue(tokens - {"", *self.real}, vendor)
            self.check(run, *tokens)

    def test_refused_credentials_are_not_shown(self):
        for vendor, setting in (("bsg", "api_key"), ("dexatel", "api_key"), ("smsup", "token"), ("yeastar", "client_id"),
                                ("yeastar", "client_secret")):
            config = self.vendors.write(self.vendors.changed(vendor, **{setting: PLANTED}), "planted.toml")
            for form in ("text", "json"):
                run = Run("list", "--account", vendor, "--log-level", "trace", "--errors", form, config=config)
                self.assertEqual(run.status, 3)
                self.check(run)

    def test_a_vendor_that_echoes_the_credential_is_masked(self):
        key = self.vendors.accounts["dexatel"]["api_key"]
        body = json.dumps({"errors": [{"code": 1101, "message": f"key {key} is wrong, call +41791234567"}]}).encode()
        proxy = Proxy(self.vendors.accounts["dexatel"]["base_url"], lambda *_: (401, body))
        self.addCleanup(proxy.close)
        config = self.vendors.write(self.vendors.changed("dexatel", base_url=proxy.base_url), "echo.toml")
        run = Run("list", "--account", "dexatel", "--log-level", "trace", config=config)
        self.assertEqual(run.status, 3)
        self.check(run, "41791234567")

    def test_texts_of_campaigns_are_results_and_nothing_else(self):
        run = self.run_ok("list", "-o", "ndjson", "--details", "--log-level", "trace")
        texts = [c["text"] for c in run.lines if c["text"]]
        self.assertTrue(texts)
        for text in texts:
            self.assertNotIn(text[:20], run.err)


if __name__ == "__main__":
    unittest.main()
