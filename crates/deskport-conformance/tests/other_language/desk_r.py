"""A small helpdesk with variant R of the Fin Custom Helpdesk API: one process, one lock, dictionaries.

Written from the published pages, with the standard library only. `--wrong NAME` makes one of the mistakes
that people make.
"""

import argparse
import html
import json
import threading
import traceback
from datetime import datetime, timezone
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "stranger-token"
STATUSES = ["open", "resolved", "closed", "ended"]
AGENTS = {
    "fin-bot": {
        "id": "fin-bot", "user_type": "agent", "name": "Fin", "email": "fin@shop.example",
        "photo_url": None, "alias": "Fin from the shop",
    },
    "ana": {
        "id": "ana", "user_type": "agent", "name": "Ana Silva", "email": None, "photo_url": None, "alias": None,
    },
}

users, conversations, messages = {}, {}, {}
seen = {"user": {}, "conversation": {}, "message": {}}  # what Intercom calls it -> what we call it
lock = threading.Lock()
wrong = ""


class Problem(Exception):
    def __init__(self, status, text):
        super().__init__(text)
        self.status = status


class Cleaner(HTMLParser):
    """Keeps what Fin can show, and the text of everything else."""

    KEPT = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "b", "i", "a", "code", "ul", "ol", "li"}
    SINGLE = {"br", "img"}
    SILENT = {"script", "style", "iframe", "template"}
    SAME = {"strong": "b", "em": "i"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.open, self.silent = [], [], 0

    def handle_starttag(self, tag, attrs):
        tag = self.SAME.get(tag, tag)
        if tag in self.SILENT:
            self.silent += 1
        if tag not in self.KEPT | self.SINGLE or self.silent:
            return
        wanted = {"a": ["href"], "img": ["src", "alt"]}.get(tag, [])
        kept = [(k, v or "") for k, v in attrs if k in wanted and self.harmless(k, v or "")]
        self.out.append("<" + tag + "".join(f' {k}="{html.escape(v)}"' for k, v in kept) + ">")
        if tag in self.KEPT:
            self.open.append(tag)

    def handle_endtag(self, tag):
        tag = self.SAME.get(tag, tag)
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        while tag in self.open:
            last = self.open.pop()
            self.out.append(f"</{last}>")
            if last == tag:
                break

    def handle_data(self, data):
        if not self.silent:
            self.out.append(html.escape(data, quote=False))

    def harmless(self, name, value):
        return name == "alt" or urlsplit(value.strip()).scheme.lower() in ("http", "https", "mailto")

    def finish(self):
        self.close()
        self.out += [f"</{tag}>" for tag in reversed(self.open)]
        return "".join(self.out)


def clean(body):
    if wrong == "escapes-html":
        return html.escape(body)
    cleaner = Cleaner()
    cleaner.feed(body)
    return cleaner.finish()


def now():
    if wrong == "local-time":
        return datetime.now().isoformat()
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(text):
    """What Fin sent, in UTC."""
    parsed = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
    return parsed.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def find(kind, store, key):
    if key not in store:
        raise Problem(404, f"there is no {kind} {key}")
    return store[key]


def text_or_none(body, name):
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise Problem(422, f"{name} must be a string")
    return value


def once(kind, object_id, make):
    """What was made for this object_id, or now is."""
    if wrong == "forgets-object-ids" or not object_id:
        return make()
    if object_id not in seen[kind]:
        seen[kind][object_id] = make()
    return seen[kind][object_id]


def person(author):
    if wrong == "author-is-an-id":
        return author["id"]
    return AGENTS[author["id"]] if author["user_type"] == "agent" else users[author["id"]]


def show_message(message):
    return {**message, "author": person(message["author"])}


def show_conversation(conversation):
    shown = {**conversation, "user": users[conversation["user"]]}
    shown["assignee"] = AGENTS.get(conversation["assignee"])
    del shown["messages"]
    return shown


def get_user(query):
    return 200, find("user", users, query.get("user_id"))


def create_user(body):
    def make():
        key = f"user-{len(users) + 1}"
        users[key] = {
            "id": key, "user_type": "end_user", "name": text_or_none(body, "name"),
            "email": text_or_none(body, "email"), "photo_url": None, "attributes": {},
        }
        return key

    return 201, users[once("user", body.get("object_id"), make)]


def update_user(body):
    user = find("user", users, body.get("user_id"))
    user["attributes"] |= body.get("attributes") or {}
    return 200, user


def get_agents(_query):
    return 200, list(AGENTS.values())


def get_conversation(query):
    return 200, show_conversation(find("conversation", conversations, query.get("conversation_id")))


def update_conversation(body):
    conversation = find("conversation", conversations, body.get("conversation_id"))
    if body.get("status") is not None:
        if body["status"] not in STATUSES:
            raise Problem(422, "status is not known")
        conversation["status"] = body["status"]
    if "title" in body:
        conversation["title"] = body["title"]
    if body.get("tags") is not None:
        conversation["tags"] = body["tags"]
    conversation["attributes"] |= body.get("attributes") or {}
    if wrong == "ignores-the-handover":
        conversation["assignee"] = body.get("assignee_id") or conversation["assignee"]
    elif "assignee_id" in body:
        conversation["assignee"] = body["assignee_id"]
    conversation["updated_at"] = now()
    return 200, show_conversation(conversation)


def create_conversation(body):
    find("user", users, body.get("user_id"))
    first = body.get("initial_message") or {}

    def make():
        key = f"chat-{len(conversations) + 1}"
        conversations[key] = {
            "id": key, "status": "open", "title": body.get("title"), "user": body["user_id"], "tags": [],
            "attributes": first.get("attributes") or {}, "assignee": None, "created_at": now(),
            "updated_at": now(), "messages": [],
        }
        add_message(conversations[key], first)
        return key

    conversation = conversations[once("conversation", body.get("object_id"), make)]
    message = messages[conversation["messages"][0]]
    return 201, {"conversation": show_conversation(conversation), "message": show_message(message)}


def get_messages(query):
    conversation = find("conversation", conversations, query.get("conversation_id"))
    listed = [messages[key] for key in conversation["messages"]]
    after = query.get("after_id")
    if after in conversation["messages"]:
        if wrong == "cuts-by-time":
            listed = [m for m in listed if m["created_at"] > messages[after]["created_at"]]
        else:
            listed = listed[conversation["messages"].index(after) + 1:]
    return 200, [show_message(message) for message in listed]


def create_message(body):
    conversation = find("conversation", conversations, body.get("conversation_id"))
    if wrong == "closes-for-good" and conversation["status"] != "open":
        raise Problem(409, "the conversation is not open")
    return 201, show_message(messages[add_message(conversation, body)])


def add_message(conversation, body):
    author = body.get("author") or {}
    if author.get("id") not in (AGENTS if author.get("user_type") == "agent" else users):
        raise Problem(422, "the author is not known")
    if not body.get("body") and not body.get("attachments"):
        raise Problem(422, "a message needs a body or an attachment")

    def make():
        key = f"message-{len(messages) + 1}"
        messages[key] = {
            "id": key, "conversation_id": conversation["id"], "message_type": "comment",
            "body": clean(body.get("body") or ""), "author": author,
            "visibility": body.get("visibility") or "public",
            "created_at": moment(body["created_at"]) if body.get("created_at") else now(),
            "attachments": body.get("attachments") or [],
        }
        conversation["messages"].append(key)
        return key

    return once("message", body.get("object_id"), make)


ROUTES = {
    ("GET", "/user"): get_user, ("POST", "/user"): create_user, ("PUT", "/user"): update_user,
    ("GET", "/agents"): get_agents,
    ("GET", "/conversation"): get_conversation, ("POST", "/conversation"): create_conversation,
    ("PUT", "/conversation"): update_conversation,
    ("GET", "/messages"): get_messages, ("POST", "/messages"): create_message,
}


class Handler(BaseHTTPRequestHandler):
    def handle_any(self):
        try:
            status, answer = self.perform()
        except Problem as problem:
            status, answer = problem.status, {"message": str(problem)}
            if wrong == "errors-are-fine":
                status, answer = 200, {}
        except Exception:
            traceback.print_exc()
            status, answer = 500, {"message": "something went wrong"}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if status == 401:
            self.send_header("WWW-Authenticate", "Bearer")
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = handle_any

    def perform(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"message": "who are you?"}
        address = urlsplit(self.path)
        action = ROUTES.get((self.command, address.path))
        if action is None:
            raise Problem(404, "there is no such page")
        given = {name: values[0] for name, values in parse_qs(address.query).items()}
        if self.command != "GET":
            try:
                given = json.loads(raw)
            except ValueError:
                raise Problem(400, "this is not JSON") from None
        with lock:
            return action(given)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, *_):
        """Who hangs up does not want an answer."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", default="")
    wrong = parser.parse_args().wrong
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
