"""A back end as SRS's users write it: one handler for all hooks, on the standard library.

Publishers need the stream's key, players a token; who may watch how often is counted.
Given a secret as the argument, it believes only what the server has signed.
"""
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

KEYS = {"cam1": "k1"}
SECRET = sys.argv[1].encode() if len(sys.argv) > 1 else b""
players = {}  # stream -> client ids


def argument(hook, name):
    return parse_qs(hook["param"].lstrip("?")).get(name, [""])[0]


def answer(hook):
    stream, client = hook["stream"], hook["client_id"]
    if hook["action"] == "on_publish":
        if KEYS.get(stream) != argument(hook, "key"):
            return {"code": 403, "msg": "wrong key for " + stream}
    elif hook["action"] == "on_play":
        if not argument(hook, "token"):
            return 1
        players.setdefault(stream, set()).add(client)
    elif hook["action"] == "on_stop":
        players[stream].remove(client)
    return 0


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if SECRET and not self.signed(body):
            return self.reply(401, {"code": 1, "reason": "bad signature"})
        self.reply(200, answer(json.loads(body)))

    def signed(self, body):
        stamp = self.headers["X-Weir-Timestamp"]
        want = "sha256=" + hmac.new(SECRET, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(want, self.headers["X-Weir-Signature"]) and abs(time.time() - int(stamp)) < 300

    def do_GET(self):
        self.reply(200, {stream: len(clients) for stream, clients in players.items()})

    def reply(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print("http://127.0.0.1:%d/api" % server.server_port, flush=True)
server.serve_forever()
