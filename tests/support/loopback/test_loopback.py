"""The server by itself, as another process starts it."""

import json
import subprocess
import sys
import urllib.request

from tests.support.paths import ROOT


def test_it_serves_as_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "tests.support.loopback", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            base_url = process.stdout.readline().strip().partition("=")[2]
            with urllib.request.urlopen(f"{base_url}/models") as reply:
                listed = json.load(reply)
            asked = {"model": "fake-vision", "messages": [{"role": "user", "content": "hi"}]}
            with urllib.request.urlopen(
                f"{base_url}/chat/completions", json.dumps(asked).encode()
            ) as reply:
                said = json.load(reply)
            with urllib.request.urlopen(base_url.replace("/v1", "/history")) as reply:
                history = json.load(reply)
        finally:
            process.terminate()
    assert {"fake-vision", "fake-slow", "fake-silent"} <= {each["id"] for each in listed["data"]}
    assert said["choices"][0]["message"]["content"] == "I see 0 images.\nYou asked: hi"
    assert said["usage"] == {
        **said["usage"],
        "prompt_tokens": 1,
        "completion_tokens": 7,
        "total_tokens": 8,
    }
    assert [each["path"] for each in history] == ["/v1/models", "/v1/chat/completions"]
    assert history[1]["body"] == asked
