import fcntl
import itertools
import os
import resource
import signal
import subprocess
import unittest

from support import COMMAND, DATA, PATIENCE, Proxy, Run, WithVendors, environment

SAMPLE = ("decode", "--provider", "smsup", "--operation", "list", DATA / "smsup" / "campaigns_list.g2.xml")


class Streams(WithVendors):
    arguments = ("--campaigns", "3")

    def every_output(self):
        """Every command in every format, and what it prints."""
        identity = self.run_ok("list", "--account", "smsup", "-o", "ndjson").lines[0]["id"]
        for form in ("table", "json", "ndjson", "csv"):
            yield ("list", "-o", form)
            yield ("list", "-o", form, "--status", "unknown")
            yield ("get", identity, "--account", "smsup", "-o", form)
        for form in ("table", "json", "markdown"):
            yield ("capabilities", "-o", form)
        for form in ("table", "json"):
            yield ("accounts", "-o", form)
        yield SAMPLE
        yield from (("--help",), ("list", "--help"), ("--version",), ("simulate", "--list-switches"), ("simulate",), ("demo",))

    def run_with(self, arguments, **options):
        return subprocess.run([COMMAND, "--config", self.vendors.config, *map(str, arguments)], env=environment(),
                              timeout=PATIENCE, **options)

    def prints_nothing(self, arguments):
        return arguments[:3] == ("list", "-o", "ndjson") and "--status" in arguments

    def check_refused(self, arguments, done, reason):
        if self.prints_nothing(arguments):
            self.assertEqual(done.returncode, 0)
            return
        self.assertEqual(done.returncode, 1, (arguments, done.stderr))
        self.assertEqual(done.stderr.decode(), f"polycampaign: cannot write the results: {reason}\n", arguments)

    def test_a_closed_standard_output_is_a_failure_of_every_command(self):
        for arguments in self.every_output():
            done = self.run_with(arguments, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                 preexec_fn=lambda: os.close(1))
            self.check_refused(arguments, done, "standard output is not open for writing")

    def test_a_full_disk_is_a_failure_of_every_command(self):
        for arguments in self.every_output():
            with open("/dev/full", "wb") as full:
                done = self.run_with(arguments, stdout=full, stderr=subprocess.PIPE)
            self.check_refused(arguments, done, "No space left on device")

    def test_a_reader_that_leaves_is_a_failure_of_every_command(self):
        for arguments in self.every_output():
            reader, writer = os.pipe()
            os.close(reader)
            done = self.run_with(arguments, stdout=writer, stderr=subprocess.PIPE)
            os.close(writer)
            self.check_refused(arguments, done, "Broken pipe")

    def test_a_pipe_that_does_not_block_gets_everything(self):
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
        process = subprocess.Popen([COMMAND, "capabilities", "--evidence", "-o", "json"], env=environment(), stdout=writer,
                                   stderr=subprocess.PIPE)
        os.close(writer)
        with open(reader, "rb") as pipe:
            text = pipe.read()
        self.assertEqual((process.wait(PATIENCE), process.stderr.read()), (0, b""))
        process.stderr.close()
        self.assertEqual(text.decode(), Run("capabilities", "--evidence", "-o", "json").out)
        self.assertGreater(len(text), 4096, "more than the pipe holds")

    def test_no_connection_takes_the_place_of_a_closed_stream(self):
        for closed in itertools.chain.from_iterable(itertools.combinations((0, 1, 2), n) for n in (1, 2, 3)):
            proxy = Proxy(self.vendors.accounts["smsup"]["base_url"])
            config = self.vendors.write(self.vendors.changed("smsup", base_url=proxy.base_url), "closed.toml")
            done = subprocess.run([COMMAND, "--config", config, "list", "-o", "ndjson", "--account", "smsup", "--log-level",
                                   "debug"], env=environment(), timeout=PATIENCE, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  preexec_fn=lambda: [os.close(file) for file in closed])
            proxy.close()
            self.assertEqual(done.returncode, 1 if 1 in closed else 0, (closed, done.stderr))
            self.assertEqual(len(done.stdout.splitlines()), 0 if 1 in closed else 3, closed)
            self.assertEqual(done.stderr == b"", 2 in closed, closed)
            self.assertTrue(proxy.requests)
            for request in proxy.requests:
                self.assertRegex(request, r"^GET /campaigns\?start=\d+&length=\d+&sort=-id$", closed)

    def test_a_closed_standard_input_cannot_be_read(self):
        done = self.run_with((*SAMPLE[:-1], "-"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             preexec_fn=lambda: os.close(0))
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertEqual(done.stderr, b"polycampaign: cannot read standard input: Bad file descriptor\n")

    def test_a_process_without_threads_says_so(self):
        def no_room_for_a_stack():
            resource.setrlimit(resource.RLIMIT_STACK, (1 << 46, resource.getrlimit(resource.RLIMIT_STACK)[1]))

        for arguments in (("list",), ("simulate",)):
            done = self.run_with(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=no_room_for_a_stack)
            if b"ThreadSanitizer: unexpected memory mapping" in done.stderr:
                self.skipTest("ThreadSanitizer runs in no process with such a stack")
            self.assertEqual((done.returncode, done.stdout), (3, b""))
            self.assertRegex(done.stderr, rb"\Apolycampaign: cannot start a thread: .+\n\Z")


class Simulated(unittest.TestCase):
    def test_a_reader_of_the_first_lines_does_not_stop_the_servers(self):
        process = subprocess.Popen([COMMAND, "simulate"], env=environment(), stdout=subprocess.PIPE)
        self.assertTrue(process.stdout.readline())
        process.stdout.close()
        with self.assertRaises(subprocess.TimeoutExpired):
            process.wait(0)
        process.send_signal(signal.SIGHUP)
        self.assertEqual(process.wait(PATIENCE), 0)


if __name__ == "__main__":
    unittest.main()
