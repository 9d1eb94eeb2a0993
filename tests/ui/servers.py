# servers.py - a Helm repository and an OCI registry on this machine, as real as their packages
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each listens on loopback, on a port that was free, and ends with close(). None where its program is not installed.

import base64
import hashlib
import http.client
import io
import json
import os
import shutil
import socket
import subprocess
import tarfile
import time
import urllib.parse

CONFIG = 'application/vnd.cncf.helm.config.v1+json'
CONTENT = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'
MANIFEST = 'application/vnd.oci.image.manifest.v1+json'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(200):
        if process.poll() is not None:
            raise OSError(f'{process.args[0]} ended with {process.returncode}')
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise OSError(f'{process.args[0]} does not listen on {port}')


def digest(data):
    return hashlib.sha256(data).hexdigest()


def chart_facts(path):
    """The members of Chart.yaml that stand at its left edge, as they are written."""
    with tarfile.open(path) as archive:
        member = min((m for m in archive.getmembers() if m.name.count('/') == 1 and m.name.endswith('/Chart.yaml')),
                     key=lambda m: m.name)
        text = archive.extractfile(member).read().decode()
    facts = {}
    for line in text.splitlines():
        key, colon, value = line.partition(':')
        if colon and key and not key[0].isspace() and key[0] not in '#-':
            facts[key] = value.strip().strip('"\'')
    return facts


def next_version(path, folder, version, replace):
    """Another version of a chart, with one text of its values replaced by another."""
    facts = chart_facts(path)
    name, old = facts['name'], facts['version']
    made = os.path.join(folder, f'{name}-{version}.tgz')
    with tarfile.open(path) as source, tarfile.open(made, 'w:gz') as target:
        for member in source.getmembers():
            data = source.extractfile(member).read() if member.isfile() else None
            if member.name == f'{name}/Chart.yaml':
                data = data.replace(old.encode(), version.encode())
            if member.name == f'{name}/values.yaml':
                data = data.replace(replace[0].encode(), replace[1].encode(), 1)
            member.size = len(data or b'')
            target.addfile(member, io.BytesIO(data) if data is not None else None)
    return made


class Server:
    def __init__(self, folder, name):
        self.folder = os.path.join(folder, name)
        os.makedirs(self.folder, exist_ok=True)
        self.port = free_port()
        self.process = None

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def run(self, *command):
        with open(os.path.join(self.folder, 'log'), 'ab') as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        wait_for(self.port, self.process)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


class HelmRepository(Server):
    """Charts and their index, served by nginx; with a user and a password when they are given."""

    def __init__(self, folder, charts, user=None, password=None):
        super().__init__(folder, 'helm')
        self.charts = os.path.join(self.folder, 'charts')
        os.makedirs(self.charts, exist_ok=True)
        for chart in charts:
            shutil.copy(chart, self.charts)
        self.write_index()
        self.write_configuration(user, password)
        self.start()

    def start(self):
        self.run(shutil.which('nginx') or '/usr/sbin/nginx', '-p', self.folder, '-c', 'nginx.conf', '-e', 'error.log')

    def count_requests(self):
        with open(os.path.join(self.folder, 'access.log'), encoding='utf-8') as file:
            return len(file.readlines())

    def write_index(self):
        entries = {}
        for name in sorted(os.listdir(self.charts)):
            path = os.path.join(self.charts, name)
            facts = chart_facts(path)
            with open(path, 'rb') as file:
                data = file.read()
            entries.setdefault(facts['name'], []).append({
                'name': facts['name'], 'version': facts['version'], 'appVersion': facts.get('appVersion', ''),
                'description': facts.get('description', ''), 'created': '2026-01-02T03:04:05Z', 'apiVersion': 'v1',
                'digest': digest(data), 'urls': [f'charts/{name}']})
        index = {'apiVersion': 'v1', 'generated': '2026-01-02T03:04:05Z', 'entries': entries}
        # JSON is YAML, and an index may be written in it.
        with open(os.path.join(self.folder, 'index.yaml'), 'w', encoding='utf-8') as file:
            json.dump(index, file, indent=1)

    def write_configuration(self, user, password):
        guard = ''
        if user is not None:
            hashed = base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()
            with open(os.path.join(self.folder, 'users'), 'w', encoding='utf-8') as file:
                file.write(f'{user}:{{SHA}}{hashed}\n')
            guard = 'auth_basic "charts"; auth_basic_user_file users;'
        with open(os.path.join(self.folder, 'nginx.conf'), 'w', encoding='utf-8') as file:
            file.write(f'''daemon off; master_process off; pid nginx.pid; error_log error.log;
events {{ worker_connections 64; }}
http {{
  access_log access.log;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  types {{ application/yaml yaml; application/gzip tgz; }}
  server {{ listen 127.0.0.1:{self.port}; root {self.folder}; {guard} }}
}}
''')

    @staticmethod
    def is_here():
        return shutil.which('nginx') is not None or os.path.exists('/usr/sbin/nginx')


class OciRegistry(Server):
    """Charts in Debian's own registry, pushed as Helm does it."""

    def __init__(self, folder, charts):
        super().__init__(folder, 'oci')
        self.start()
        for chart in charts:
            self.push(chart)

    def start(self):
        with open(os.path.join(self.folder, 'config.yml'), 'w', encoding='utf-8') as file:
            file.write(f'''version: 0.1
log: {{level: error}}
storage: {{filesystem: {{rootdirectory: {self.folder}/blobs}}}}
http: {{addr: "127.0.0.1:{self.port}"}}
''')
        self.run('docker-registry', 'serve', 'config.yml')

    def ask(self, method, path, data=None, kind=None, wanted=(200, 201, 202)):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        connection.request(method, path, data, {'Content-Type': kind} if kind else {})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status not in wanted:
            raise OSError(f'{method} {path}: {answer.status}')
        return answer

    def push_blob(self, repository, data):
        place = urllib.parse.urlsplit(self.ask('POST', f'/v2/{repository}/blobs/uploads/').getheader('Location'))
        query = f'{place.query}&digest=sha256:{digest(data)}'
        self.ask('PUT', f'{place.path}?{query}', data, 'application/octet-stream')
        return {'digest': f'sha256:{digest(data)}', 'size': len(data)}

    def push(self, path):
        facts = chart_facts(path)
        repository = f'charts/{facts["name"]}'
        with open(path, 'rb') as file:
            layer = {'mediaType': CONTENT, **self.push_blob(repository, file.read())}
        config = {'mediaType': CONFIG, **self.push_blob(repository, json.dumps(facts).encode())}
        manifest = json.dumps({'schemaVersion': 2, 'mediaType': MANIFEST, 'config': config, 'layers': [layer]}).encode()
        self.ask('PUT', f'/v2/{repository}/manifests/{facts["version"].replace("+", "_")}', manifest, MANIFEST)

    @staticmethod
    def is_here():
        return shutil.which('docker-registry') is not None
