#!/usr/bin/python3
# schema.py - many manifests and the schema that they keep to, for the bench of the validator
# SPDX-License-Identifier: GPL-3.0-or-later

import json
import pathlib
import random

COUNT = 10000
TEXT = {'type': 'string', 'minLength': 1, 'maxLength': 253}
QUANTITY = {'type': 'string', 'pattern': '^[0-9]+(m|Ki|Mi|Gi)?$'}
NAMES = {'type': 'object', 'additionalProperties': {'type': 'string', 'maxLength': 63}}
SCHEMA = {
    '$schema': 'http://json-schema.org/draft-07/schema#',
    'type': 'object',
    'additionalProperties': False,
    'required': ['apiVersion', 'kind', 'metadata', 'spec'],
    'definitions': {
        'text': TEXT,
        'names': NAMES,
        'quantity': QUANTITY,
        'port': {
            'type': 'object',
            'additionalProperties': False,
            'required': ['containerPort'],
            'properties': {
                'name': {'type': 'string', 'pattern': '^[a-z0-9-]{1,15}$'},
                'containerPort': {'type': 'integer', 'minimum': 1, 'maximum': 65535},
                'protocol': {'enum': ['TCP', 'UDP', 'SCTP']},
            },
        },
        'variable': {
            'type': 'object',
            'required': ['name'],
            'properties': {'name': {'type': 'string', 'pattern': '^[A-Za-z_][A-Za-z0-9_]*$'}},
            'oneOf': [
                {'required': ['value'], 'properties': {'value': {'type': 'string'}}},
                {'required': ['valueFrom'], 'properties': {'valueFrom': {'type': 'object', 'minProperties': 1}}},
            ],
        },
        'resources': {
            'type': 'object',
            'additionalProperties': False,
            'properties': {
                'limits': {'type': 'object', 'additionalProperties': {'$ref': '#/definitions/quantity'}},
                'requests': {'type': 'object', 'additionalProperties': {'$ref': '#/definitions/quantity'}},
            },
        },
        'container': {
            'type': 'object',
            'additionalProperties': False,
            'required': ['name', 'image'],
            'properties': {
                'name': {'$ref': '#/definitions/text'},
                'image': {'$ref': '#/definitions/text'},
                'imagePullPolicy': {'enum': ['Always', 'IfNotPresent', 'Never']},
                'args': {'type': 'array', 'items': {'type': 'string'}, 'maxItems': 100},
                'ports': {'type': 'array', 'items': {'$ref': '#/definitions/port'}, 'uniqueItems': True},
                'env': {'type': 'array', 'items': {'$ref': '#/definitions/variable'}},
                'resources': {'$ref': '#/definitions/resources'},
                'stdin': {'type': 'boolean'},
            },
        },
    },
    'properties': {
        'apiVersion': {'const': 'apps/v1'},
        'kind': {'const': 'Deployment'},
        'metadata': {
            'type': 'object',
            'required': ['name'],
            'properties': {
                'name': {'$ref': '#/definitions/text'},
                'namespace': {'$ref': '#/definitions/text'},
                'labels': {'$ref': '#/definitions/names'},
                'annotations': {'type': 'object', 'additionalProperties': {'type': 'string'}},
            },
        },
        'spec': {
            'type': 'object',
            'additionalProperties': False,
            'required': ['selector', 'template'],
            'properties': {
                'replicas': {'type': 'integer', 'minimum': 0},
                'selector': {'type': 'object', 'properties': {'matchLabels': {'$ref': '#/definitions/names'}}},
                'template': {
                    'type': 'object',
                    'required': ['metadata', 'spec'],
                    'properties': {
                        'metadata': {'type': 'object', 'properties': {'labels': {'$ref': '#/definitions/names'}}},
                        'spec': {
                            'type': 'object',
                            'required': ['containers'],
                            'properties': {
                                'containers': {'type': 'array', 'minItems': 1,
                                               'items': {'$ref': '#/definitions/container'}},
                                'terminationGracePeriodSeconds': {'type': ['integer', 'null']},
                            },
                        },
                    },
                },
            },
        },
    },
}


def container(rng, number):
    lines = [f'      - name: part-{number}',
             f'        image: registry.local/team/part-{number}:1.{rng.randrange(30)}.{rng.randrange(9)}',
             f'        imagePullPolicy: {rng.choice(["Always", "IfNotPresent", "Never"])}',
             '        args:', f'        - --level={rng.randrange(9)}', '        - "--quiet"',
             '        ports:']
    for port in range(rng.randrange(1, 4)):
        lines += [f'        - name: port-{port}', f'          containerPort: {8000 + 100 * number + port}',
                  '          protocol: TCP']
    lines.append('        env:')
    for variable in range(rng.randrange(2, 8)):
        lines += [f'        - name: SETTING_{variable}', f'          value: "{rng.randrange(1000)}"']
    lines += ['        - name: SECRET', '          valueFrom:', '            secretKeyRef:',
              '              name: access', '              key: token',
              '        resources:', '          requests:', f'            cpu: {rng.randrange(1, 9)}00m',
              f'            memory: {rng.randrange(1, 9)}Gi', '          limits:', '            memory: 9Gi']
    return lines


def manifest(rng, number):
    labels = ['app: web', f'tier: t{number % 7}', f'release: r{number}']
    lines = ['apiVersion: apps/v1', 'kind: Deployment', 'metadata:', f'  name: web-{number}',
             '  namespace: shop', '  labels:', *(f'    {label}' for label in labels),
             '  annotations:', '    note: |', '      made to be checked,', '      not to be run',
             'spec:', f'  replicas: {rng.randrange(9)}', '  selector:', '    matchLabels:',
             *(f'      {label}' for label in labels), '  template:', '    metadata:', '      labels:',
             *(f'        {label}' for label in labels), '    spec:',
             '      terminationGracePeriodSeconds: 30', '      containers:']
    for part in range(rng.randrange(1, 4)):
        lines += container(rng, part)
    return '\n'.join(lines) + '\n'


def make(folder):
    """The schema and 10,000 manifests that it accepts, always the same."""
    rng = random.Random(7)
    texts = pathlib.Path(folder) / 'texts'
    texts.mkdir(parents=True)
    schema = pathlib.Path(folder) / 'schema.json'
    schema.write_text(json.dumps(SCHEMA), encoding='utf-8')
    for number in range(COUNT):
        (texts / f'{number:05}.yaml').write_text(manifest(rng, number), encoding='utf-8')
    return schema, texts
