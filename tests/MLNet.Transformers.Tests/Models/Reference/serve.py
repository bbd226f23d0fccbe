"""Runs the other programs of this folder, with what they all import imported once: serve.py MODULE.

Each line that it reads is a JSON array: a file for what the program prints, one for its errors, the program, its arguments.
Each line that it writes is how one ended, 0 where it did well. A program runs in a process of its own, which leaves nothing behind.
"""
import importlib
import json
import os
import runpy
import subprocess
import sys


def run(output, errors, script, *arguments):
    with open(output, 'wb') as out, open(errors, 'wb') as err:
        if not hasattr(os, 'fork'):
            return subprocess.run([sys.executable, script, *arguments], stdout=out, stderr=err).returncode
        child = os.fork()
        if child:
            return os.waitpid(child, 0)[1]
        os.dup2(out.fileno(), sys.stdout.fileno())
        os.dup2(err.fileno(), sys.stderr.fileno())
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name='__main__')
    sys.exit()


importlib.import_module(sys.argv[1])
print('ready', flush=True)
for line in sys.stdin:
    print(run(*json.loads(line)), flush=True)
