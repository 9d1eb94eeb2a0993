# samples.py - what a profile is made of when no real packs and charts lie beside the project
# SPDX-License-Identifier: GPL-3.0-or-later

import io
import json
import os
import tarfile

SHARED = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'shared', 'data')

PACK_VALUES = '''# spectrocloud.com/enabled-presets: Traffic:one-node

pack:
  namespace: "signpost"
  spectrocloud.com/install-priority: "10"
  content:
    images:
      - image: registry.example.org/signpost:1.2.0

manifests:
  signpost:
    # Copies that answer requests
    replicas: 1
    hostNetwork: true
    port: 8080
'''

PACK_PRESETS = '''presets:
  - name: "one-node"
    displayName: "One node"
    group: "Traffic"
    remove: []
    add: |
      manifests:
        signpost:
          replicas: 1
          hostNetwork: true
  - name: "many-nodes"
    displayName: "Many nodes"
    group: "Traffic"
    remove: ["manifests.signpost.hostNetwork"]
    add: |
      manifests:
        signpost:
          replicas: 3
'''

PACK_README = '''# Signpost

Answers requests of a site from *one* place.

## Settings used most

| Setting | Default | What it does |
| --- | --- | --- |
| `manifests.signpost.replicas` | 1 | How many copies answer |
| `manifests.signpost.port` | 8080 | The port they listen on |

- Needs no network of its own
- Install it before the layers that it leads to
'''

PACK_MANIFEST = '''apiVersion: apps/v1
kind: Deployment
metadata:
  name: signpost
spec:
  template:
    spec:
      containers:
        - name: signpost
          image: registry.example.org/signpost:1.2.0
'''

CHART_VALUES = '''# How many copies run
replicaCount: 1

image:
  repository: registry.example.org/lantern
  tag: "2.0.1"

service:
  type: ClusterIP
  port: 80
'''


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def make_packs(folder):
    """A folder of one pack."""
    pack = os.path.join(folder, 'signpost-1.2.0')
    description = {
        'addonType': 'app services', 'annotations': {'source': 'community'}, 'cloudTypes': ['all'],
        'displayName': 'Signpost', 'kubeManifests': ['manifests/signpost.yaml'], 'layer': 'addon',
        'name': 'signpost', 'version': '1.2.0',
    }
    write(os.path.join(pack, 'pack.json'), json.dumps(description, indent=2))
    write(os.path.join(pack, 'values.yaml'), PACK_VALUES)
    write(os.path.join(pack, 'presets.yaml'), PACK_PRESETS)
    write(os.path.join(pack, 'README.md'), PACK_README)
    write(os.path.join(pack, 'manifests', 'signpost.yaml'), PACK_MANIFEST)
    return folder


def make_chart(folder):
    """A chart archive."""
    path = os.path.join(folder, 'lantern-2.0.1.tgz')
    os.makedirs(folder, exist_ok=True)
    files = {
        'lantern/Chart.yaml': 'apiVersion: v2\nname: lantern\nversion: 2.0.1\nappVersion: "2.0"\n'
                              'description: Lights the way to a service\n',
        'lantern/values.yaml': CHART_VALUES,
        'lantern/README.md': '# Lantern\n\nLights the way to a service.\n',
        'lantern/templates/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: lantern\n',
    }
    with tarfile.open(path, 'w:gz') as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


class Sample:
    """A pack with presets and a chart: real ones where they lie beside the project, else made in a folder."""

    def __init__(self, folder):
        self.is_real = os.path.isdir(os.path.join(SHARED, 'packs'))
        if self.is_real:
            self.packs = os.path.realpath(os.path.join(SHARED, 'packs'))
            self.pack, self.pack_title = 'hello-universe', 'Hello Universe'
            self.group, self.preset, self.preset_title = 'Backend', 'enable-api', 'Enable Hello Universe API'
            self.preset_text = 'apiEnabled: true'
            self.chart_file = os.path.realpath(os.path.join(SHARED, 'charts', 'repo', 'redis-10.5.7.tgz'))
            self.chart = 'redis'
        else:
            self.packs = make_packs(os.path.join(folder, 'packs'))
            self.pack, self.pack_title = 'signpost', 'Signpost'
            self.group, self.preset, self.preset_title = 'Traffic', 'many-nodes', 'Many nodes'
            self.preset_text = 'replicas: 3'
            self.chart_file = make_chart(os.path.join(folder, 'charts'))
            self.chart = 'lantern'


MANIFESTS = {
    'site-info': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: site-info\ndata:\n  site: harbour\n',
    'edge-apps': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: edge-apps\n',
}
