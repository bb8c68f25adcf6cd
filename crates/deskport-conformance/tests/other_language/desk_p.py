"""A small helpdesk with variant P of the Fin Custom Helpdesk API: classes, a thread for notifications, OAuth.

Written from the published pages, with the standard library only, and by other habits than its neighbor:
everything is wrapped, errors come with status 200, lists are always whole, private messages stay inside.
`--wrong NAME` makes one of the mistakes that people make.
"""

import argparse
import base64
import hashlib
import hmac
import html
import itertools
import json
import re
import secrets
import sys
import threading
import time
import urllib.request
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLIENT, SECRET, SIGNING_KEY, WEBHOOK_KEY = "fin", "stranger-secret", "stranger-key", "stranger-webhook-key"
TOKEN_LIFE_S = 3600
TAG = re.compile(r"<!--.*?-->|</?([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.S)
PLAIN_TAGS = "p h1 h2 h3 h4 h5 h6 b i br code ul ol li".split()
LINK = re.compile(r"""^\s*(?:(?:href|src)\s*=\s*"https?://[^"<>]*"\s*|alt\s*=\s*"[^"<>]*"\s*)*/?\s*$""")


def rfc3339(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(seconds))


def clean(body):
    """HTML within the set stays as it is; anything else becomes text."""
    if wrong == "trusts-html":
        return body
    for tag in TAG.finditer(body):
        name, rest = (tag[1] or "").lower(), tag[2] or ""
        plain = name in PLAIN_TAGS and not rest.strip(" /\n\t")
        link = name in ("a", "img") and (tag[0].startswith("</") or LINK.match(rest))
        if not (plain or link or tag[0].startswith("<!--")):
            break
    else:
        if "<" not in TAG.sub("", body):
            return body
    return "<p>" + html.escape(html.unescape(TAG.sub(" ", body)), quote=False) + "</p>"


@dataclass
class User:
    id: str
    name: str = None
    email: str = None
    photo_url: str = None
    user_type: str = "end_user"
    attributes: dict = field(default_factory=dict)


@dataclass
class Agent:
    id: str
    name: str
    email: str
    alias_name: str
    user_type: str = "agent"


@dataclass
class Message:
    id: str
    conversation_id: str
    body: str
    author: object
    visibility: str
    attachments: list
    created_at: str
    message_type: str = "comment"


@dataclass
class Conversation:
    id: str
    user: User
    title: str
    attributes: dict
    created_at: str
    status: str = "open"
    tags: list = field(default_factory=list)
    assignee: Agent = None
    messages: list = field(default_factory=list)

    def shown(self):
        members = asdict(self)
        del members["messages"]
        return members


class Refused(Exception):
    def __init__(self, status, title):
        super().__init__(title)
        self.status, self.title = status, title


class Desk:
    def __init__(self):
        self.numbers = itertools.count(1001)
        self.agents = {"1": Agent("1", "Helper Bot", "bot@desk.example", "Helper")}
        self.users, self.conversations = {}, {}
        self.known = defaultdict(dict)
        self.lock = threading.RLock()

    def new_id(self):
        return str(next(self.numbers))

    def get_agents(self, _request):
        return [asdict(agent) for agent in self.agents.values()]

    def get_user(self, request):
        return asdict(self.user(request.get("user_id")))

    def create_user(self, request):
        if request.get("name") is not None and not isinstance(request["name"], str):
            raise Refused(422, "name is no text")
        with self.lock:
            known = self.known["user"].get(request.get("object_id"))
            if known is None:
                known = User(self.new_id(), request.get("name"), request.get("email"))
                known.attributes = request.get("attributes") or {}
                self.users[known.id] = known
                if request.get("object_id"):
                    self.known["user"][request["object_id"]] = known
            return asdict(known)

    def update_user(self, request):
        user = self.user(request.get("user_id"))
        user.attributes = request.get("attributes") or {}
        return asdict(user)

    def get_conversation(self, request):
        return self.conversation(request.get("conversation_id")).shown()

    def create_conversation(self, request):
        with self.lock:
            known = self.known["conversation"].get(request.get("object_id"))
            if known is None:
                user, now = self.user((request.get("user") or {}).get("id")), rfc3339(time.time())
                attributes = request.get("attributes") or {}
                known = Conversation(self.new_id(), user, request.get("title"), attributes, now)
                self.add(known, request.get("initial_message") or {})
                self.conversations[known.id] = known
                if request.get("object_id"):
                    self.known["conversation"][request["object_id"]] = known
            shown = known.shown()
            if wrong == "answers-no-message":
                return shown
            return {**shown, "messages": [asdict(known.messages[0])]}

    def update_conversation(self, request):
        conversation = self.conversation(request.get("conversation_id"))
        before = conversation.shown()
        for name in ("title", "tags"):
            if name in request or wrong == "clears-what-is-absent":
                setattr(conversation, name, request.get(name) or ([] if name == "tags" else None))
        if request.get("status"):
            if wrong == "knows-two-statuses" and request["status"] not in ("open", "closed"):
                raise Refused(422, "status is not known")
            conversation.status = request["status"]
        conversation.attributes = request.get("attributes") or conversation.attributes
        if "assignee_id" in request:
            conversation.assignee = self.agents.get(request["assignee_id"])
        if request.get("user"):
            user = self.user(request["user"].get("id"))
            user.attributes.update(request["user"].get("attributes") or {})
        return before if wrong == "answers-what-was" else conversation.shown()

    def get_messages(self, request):
        listed = self.conversation(request.get("conversation_id")).messages
        listed = [asdict(message) for message in listed if message.visibility == "public"]
        return listed[-50:] if wrong == "shows-one-page" else listed

    def create_message(self, request):
        if wrong == "looks-then-writes":
            conversation = self.conversation(request.get("conversation_id"))
            if request.get("object_id") not in self.known["message"]:
                time.sleep(0.02)
                return asdict(self.add(conversation, {**request, "object_id": None}, request.get("object_id")))
        with self.lock:
            return asdict(self.add(self.conversation(request.get("conversation_id")), request))

    def add(self, conversation, request, late_key=None):
        known = self.known["message"].get(request.get("object_id"))
        if known is not None:
            return known
        author = request.get("author") or {}
        is_agent = author.get("user_type") == "agent"
        writer = self.agents.get(author.get("id")) if is_agent else self.user(author.get("id"))
        if writer is None:
            raise Refused(422, "the author is unknown")
        if not request.get("body") and not request.get("attachments"):
            raise Refused(422, "the message is empty")
        attachments = request.get("attachments") or []
        if wrong == "keeps-only-the-link":
            attachments = [{"url": attachment.get("url")} for attachment in attachments]
        body = clean(request["body"]) if request.get("body") else None
        visibility = request.get("visibility") or "public"
        message = Message(
            self.new_id(), conversation.id, body, writer, visibility, attachments, rfc3339(time.time()))
        conversation.messages.append(message)
        key = request.get("object_id") or late_key
        if key:
            self.known["message"][key] = message
        return message

    def user(self, key):
        if key not in self.users:
            raise Refused(404, "no such user")
        return self.users[key]

    def conversation(self, key):
        if key not in self.conversations:
            raise Refused(404, "no such conversation")
        return self.conversations[key]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    desk, tokens = Desk(), {}

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        name = self.path.strip("/")
        if name == "token":
            return self.token()
        if name == "reply":
            return self.reply(json.loads(raw))
        if not self.may_enter(name):
            return self.answer(403, {"data": None, "error": {"title": "token, please", "status": 403}})
        if not self.is_signed(raw):
            return self.answer(400, {"data": None, "error": {"title": "signature", "status": 400}})
        action = getattr(self.desk, name, None) if re.fullmatch("(get|create|update)_[a-z]+", name) else None
        try:
            if action is None:
                raise Refused(404, "no such action")
            return self.answer(200, {"data": action(json.loads(raw)), "error": None})
        except json.JSONDecodeError:
            refused = Refused(400, "no JSON")
        except Refused as found:
            refused = found
        error = {"type": "about:blank", "title": refused.title, "status": refused.status}
        if wrong == "says-error-in-words":
            error = refused.title
        return self.answer(200, {"data": None, "error": error})

    def token(self):
        pair = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if self.headers.get("Authorization") != pair:
            return self.answer(401, {"error": "invalid_client"})
        token = secrets.token_urlsafe(16)
        if wrong == "keeps-one-token":
            self.tokens.clear()
        self.tokens[token] = time.time() + TOKEN_LIFE_S
        return self.answer(200, {"access_token": token, "token_type": "bearer", "expires_in": TOKEN_LIFE_S})

    def may_enter(self, name):
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if wrong == "reads-need-no-token" and name.startswith("get_"):
            return True
        return self.tokens.get(token, 0) > time.time()

    def is_signed(self, raw):
        stamp = self.headers.get("X-Fin-Request-Timestamp") or "0"
        if wrong == "signs-what-it-parsed":
            try:
                raw = json.dumps(json.loads(raw), separators=(",", ":")).encode()
            except ValueError:
                pass
        digest = hmac.new(SIGNING_KEY.encode(), stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        fresh = abs(time.time() - int(stamp)) < 300
        return fresh and hmac.compare_digest(digest, self.headers.get("X-Fin-Signature") or "")

    def reply(self, request):
        """What an agent does: write, and have Fin told."""
        with self.desk.lock:
            author = {"id": "1", "user_type": "agent"}
            conversation = self.desk.conversation(request["conversation_id"])
            self.desk.add(conversation, {"author": author, "body": "<p>From an agent</p>"})
        threading.Thread(target=tell, args=(request,), daemon=True).start()
        return self.answer(200, {})

    def answer(self, status, value):
        data = json.dumps(value).encode()
        if wrong == "writes-camel-case" and "data" in value:
            data = re.sub(rb'_([a-z])(?=[a-z_]*":)', lambda found: found[1].upper(), data)
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def tell(request):
    key = "Bearer " + WEBHOOK_KEY if wrong == "sends-the-key-as-bearer" else WEBHOOK_KEY
    data = json.dumps({"conversation_id": request["conversation_id"]}).encode()
    headers = {"Content-Type": "application/json", "X-Webhook-Key": key}
    for _attempt in range(5):
        try:
            urllib.request.urlopen(urllib.request.Request(request["webhook_url"], data, headers), timeout=5)
            return
        except OSError:
            time.sleep(0.2)


class Server(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, *_):
        if not isinstance(sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1], OSError):
            super().handle_error(*_)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", default="")
    wrong = parser.parse_args().wrong
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
