# gate.py - a way to a console that a test can hold shut, with or without TLS
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Listens on loopback, on a port that was free, and hands on what it is asked as it is.

import http.client
import http.server
import ssl
import threading
import urllib.parse

PATIENCE = 60


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def hand_on(self):
        gate = self.server.gate
        size = int(self.headers.get('Content-Length') or 0)
        body = self.rfile.read(size) if size > 0 else None
        gate.wait(self.command, self.path)
        way = http.client.HTTPConnection(gate.host, gate.port_behind, timeout=PATIENCE)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ('host', 'connection')}
        try:
            way.request(self.command, self.path, body, headers)
            answer = way.getresponse()
            self.answer(answer, answer.read())
        except OSError:
            self.close_connection = True
        finally:
            way.close()

    def answer(self, answer, data):
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ('content-length', 'connection', 'transfer-encoding'):
                self.send_header(name, value)
        if answer.status != 204:
            self.send_header('Content-Length', str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = hand_on

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Who goes away in the middle is no failure of the gate."""


class Gate:
    """A door before a console; `certificate` is a file with a certificate and its key."""

    def __init__(self, address, certificate=None):
        behind = urllib.parse.urlsplit(address)
        self.host, self.port_behind = behind.hostname, behind.port
        self.open = threading.Event()
        self.open.set()
        self.reached = threading.Event()
        self.method = None
        self.server = Server(('127.0.0.1', 0), Handler)
        self.server.gate = self
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True,
                                                     do_handshake_on_connect=False)
        scheme = 'https' if certificate is not None else 'http'
        self.address = f'{scheme}://127.0.0.1:{self.server.server_port}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hold(self, method):
        """Lets nothing of that method through until release()."""
        self.method = method
        self.reached.clear()
        self.open.clear()

    def wait(self, method, path):
        if method == self.method and not self.open.is_set():
            self.reached.set()
            self.open.wait(PATIENCE)

    def release(self):
        self.open.set()

    def close(self):
        self.release()
        self.server.shutdown()
        self.server.server_close()
