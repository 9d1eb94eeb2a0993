#!/usr/bin/python3
# check-kinds.py - the table of Kubernetes types is what its tool makes of the documents
# SPDX-License-Identifier: GPL-3.0-or-later

import subprocess
import sys

import tap
from tap import SOURCE

FOLDER = SOURCE / 'data/kubernetes'
DOCUMENTS = SOURCE / '../shared/data/kubernetes'
LARGEST = 150_000


def make_table(minors):
    documents = [f'{minor}={DOCUMENTS / f"swagger-1.{minor}.json"}' for minor in minors]
    for document in documents:
        if not (SOURCE / document.split('=')[1]).exists():
            raise tap.Skip('no OpenAPI documents beside the sources')
    command = [sys.executable, FOLDER / 'make-types.py', FOLDER / 'facts.txt', *documents]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def check_the_table_is_made_of_the_documents():
    made = make_table((28, 36))
    if made.returncode or made.stdout != (FOLDER / 'types.txt').read_text(encoding='utf-8'):
        return ['data/kubernetes/types.txt is not what make-types.py makes', *made.stderr.splitlines()]
    return []


def check_the_order_of_the_documents_does_not_matter():
    return [] if make_table((36, 28)).stdout == make_table((28, 36)).stdout else ['it does']


def check_a_fact_about_nothing_is_named():
    made = make_table((28,))
    return [] if made.returncode == 1 and 'no document has core.v1.PodSpec hostnameOverride' in made.stderr else ['it is not']


def check_the_table_is_small_and_has_no_prose():
    size = (FOLDER / 'types.txt').stat().st_size
    long = [line for line in (FOLDER / 'types.txt').read_text(encoding='utf-8').splitlines() if len(line.split(' ')) > 9]
    return [f'{size} bytes'] if size > LARGEST else long


if __name__ == '__main__':
    tap.main()
