#!/usr/bin/python3
# make-types.py - from the OpenAPI documents of clusters to the table of Kubernetes types
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-types.py FACTS MINOR=DOCUMENT… > TABLE

Takes what `kubectl get --raw /openapi/v2` prints of clusters of several versions, 28=FILE for Kubernetes 1.28, and facts that no such
document tells: when something came or went between them, which words a field takes, what a text names. Prints one table of facts:
kinds, fields, types and the versions that have them. It has no prose, and the same input gives the same bytes.

A line of the table is one of
    versions 28 36                      the documents it was made from
    type NAME                           the fields of a type follow, indented and sorted
     FIELD TYPE [MARK…]
    kind APIVERSION KIND n|c TYPE [MARK…]    n is in a namespace, c is the cluster's; TYPE is - where the fields are not known
A TYPE is s text, i and l numbers of 32 and 64 bits, f any number, b truth value, y bytes in Base64, t a time, q a quantity, x a number or
a text, o any object, a anything, @NAME a type of the table; [ before it makes it a list, { a mapping.
A MARK is ! needed; +30 came with 1.30, +29..36 with one of these; -32 and -29..36 gone likewise; ~29 and ~ out of favour;
=>APIVERSION or =>APIVERSION/KIND what takes its place; in:A,B the words it takes; is:FORMAT what the text is;
keys:A,B what tells items of a list apart; set no item twice.
"""

import json
import re
import sys

SIMPLE = {
    'io.k8s.apimachinery.pkg.api.resource.Quantity': 'q',
    'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'o',
    'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 't',
    'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 't',
    'io.k8s.apimachinery.pkg.runtime.RawExtension': 'o',
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'x',
}
FORMATS = {'byte': 'y', 'date-time': 't', 'int-or-string': 'x', 'int32': 'i', 'int64': 'l'}
TYPES = {'string': 's', 'integer': 'l', 'number': 'f', 'boolean': 'b', 'object': 'o', None: 'a'}
PREFIX = re.compile(r'^io\.k8s\.(api|kube-aggregator\.pkg\.apis|apimachinery\.pkg\.apis|apiextensions-apiserver\.pkg\.apis)\.')
DEPRECATED = re.compile(r'^\W*deprecated\b|\bdeprecated:|\bis deprecated\b|\bdeprecated\.', re.IGNORECASE)


def short(name):
    return PREFIX.sub('', name)


class Document:
    """What one cluster serves."""

    def __init__(self, minor, file):
        with open(file, encoding='utf-8') as stream:
            document = json.load(stream)
        self.minor = minor
        self.definitions = document['definitions']
        self.types = {}
        self.kinds = {}
        for path, operations in sorted(document['paths'].items()):
            self.take_path(path, operations)

    def take_path(self, path, operations):
        operation = operations.get('post') or {}
        kind = operation.get('x-kubernetes-group-version-kind')
        bodies = [p for p in operation.get('parameters', []) if p.get('in') == 'body']
        if kind is None or not bodies or operation.get('x-kubernetes-action') != 'post':
            return
        name = self.name_of(kind)
        if name is None:
            return
        api_version = '/'.join(filter(None, (kind['group'], kind['version'])))
        place = 'n' if '{namespace}' in path else 'c'
        self.kinds.setdefault((api_version, kind['kind']), (place, short(name)))
        self.take_type(name)

    def name_of(self, kind):
        """The definition of a kind: what is sent may be another thing, as for an eviction."""
        wanted = {'group': kind['group'], 'version': kind['version'], 'kind': kind['kind']}
        names = [name for name, definition in self.definitions.items()
                 if wanted in definition.get('x-kubernetes-group-version-kind', ())]
        return min(names, key=lambda name: (len(name), name), default=None)

    def take_type(self, name):
        if short(name) not in self.types:
            self.take_object(short(name), self.definitions[name])

    def take_object(self, name, schema):
        self.types[name] = fields = {}
        needed = schema.get('required', ())
        for field, part in sorted(schema.get('properties', {}).items()):
            fields[field] = self.describe_field(name + '.' + field, part, field in needed)

    def describe_field(self, path, schema, needed):
        marks = {'type': self.describe(path, schema), 'needed': needed}
        if not path.rsplit('.', 1)[-1].startswith('deprecat') and DEPRECATED.search(schema.get('description', '')):
            marks['deprecated'] = '~'
        if 'enum' in schema:
            marks['words'] = [str(word) for word in schema['enum']]
        if schema.get('x-kubernetes-list-type') == 'set':
            marks['set'] = True
        keys = schema.get('x-kubernetes-list-map-keys') or [schema.get('x-kubernetes-patch-merge-key')]
        if keys[0] is not None:
            marks['keys'] = list(keys)
        return marks

    def describe(self, path, schema):
        if '$ref' in schema:
            return self.describe_ref(schema['$ref'].rsplit('/', 1)[-1])
        if schema.get('x-kubernetes-int-or-string'):
            return 'x'
        kind = schema.get('type')
        if kind == 'array':
            return '[' + self.describe(path, schema.get('items', {}))
        if schema.get('properties') and not schema.get('x-kubernetes-preserve-unknown-fields'):
            self.take_object(path, schema)
            return '@' + path
        if kind == 'object' and isinstance(schema.get('additionalProperties'), dict):
            return '{' + self.describe(path, schema['additionalProperties'])
        return FORMATS.get(schema.get('format')) or TYPES.get(kind, 'a')

    def describe_ref(self, name):
        definition = self.definitions[name]
        if name in SIMPLE:
            return SIMPLE[name]
        if not definition.get('properties'):
            return FORMATS.get(definition.get('format')) or TYPES.get(definition.get('type'), 'a')
        self.take_type(name)
        return '@' + short(name)


class Facts:
    """What no document tells: FIELD of TYPE, or APIVERSION/KIND, and its marks."""

    def __init__(self, file):
        self.fields, self.kinds = {}, {}
        with open(file, encoding='utf-8') as stream:
            for line in stream:
                words = line.split('#', 1)[0].split()
                if words and words[0] == 'field':
                    self.fields.setdefault((words[1], words[2]), []).extend(words[3:])
                elif words and words[0] == 'kind':
                    self.kinds[(words[1], words[2])] = words[3:]


def span(documents, has):
    """When something came and went, as far as the documents can tell."""
    minors = [document.minor for document in documents]
    seen = [document.minor for document in documents if has(document)]
    before = [minor for minor in minors if minor < seen[0]]
    after = [minor for minor in minors if minor > seen[-1]]
    marks = []
    if before:
        marks.append(interval('+', before[-1] + 1, seen[0]))
    if after:
        marks.append(interval('-', seen[-1] + 1, after[0]))
    return marks


def interval(sign, first, last):
    return f'{sign}{first}' if first == last else f'{sign}{first}..{last}'


def overrule(marks, facts):
    """A fact says better what the documents say of the same."""
    known = {re.match(r'[a-z]+:|=>|.', fact).group() for fact in facts}
    return [mark for mark in marks if re.match(r'[a-z]+:|=>|.', mark).group() not in known] + facts


def marks_of(field, others):
    """One field as the documents say it: needed only where all need it."""
    words = []
    if all(other['needed'] for other in others):
        words.append('!')
    if 'deprecated' in field:
        words.append(field['deprecated'])
    if 'words' in field:
        words.append('in:' + ','.join(field['words']))
    if 'keys' in field:
        words.append('keys:' + ','.join(field['keys']))
    if 'set' in field:
        words.append('set')
    return words


def write_type(name, documents, facts):
    holders = [document for document in documents if name in document.types]
    print(f'type {name}')
    for field in sorted({field for document in holders for field in document.types[name]}):
        has = [document for document in holders if field in document.types[name]]
        newest = has[-1].types[name][field]
        marks = marks_of(newest, [document.types[name][field] for document in has])
        marks += span(holders, lambda document: field in document.types[name])
        print('', field, newest['type'], *overrule(marks, facts.fields.pop((name, field), [])))


def write_kind(kind, documents, facts):
    has = [document for document in documents if kind in document.kinds]
    place, name = has[-1].kinds[kind] if has else ('n', '-')
    marks = span(documents, lambda document: kind in document.kinds) if has else []
    said = facts.kinds.get(kind, [])
    if said and said[0] in ('n', 'c'):
        place, said = said[0], said[1:]
    print('kind', *kind, place, name, *overrule(marks, said))


def main():
    facts = Facts(sys.argv[1])
    documents = sorted((Document(int(minor), file) for minor, file in (word.split('=', 1) for word in sys.argv[2:])),
                       key=lambda document: document.minor)
    print('versions', *[document.minor for document in documents])
    for name in sorted({name for document in documents for name in document.types}):
        write_type(name, documents, facts)
    for kind in sorted({kind for document in documents for kind in document.kinds} | set(facts.kinds)):
        write_kind(kind, documents, facts)
    for name, field in facts.fields:
        print(f'make-types.py: no document has {name} {field}', file=sys.stderr)
    return 1 if facts.fields else 0


if __name__ == '__main__':
    sys.exit(main())
