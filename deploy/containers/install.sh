#!/bin/sh
# Makes /venv of locked files, without what a running house never opens: sh install.sh house.txt words.txt
# Bytecode, tests, headers and pip itself are two fifths of it; what is installed is what was locked (--require-hashes).
set -eu
python -m venv /venv
for file in "$@"; do
  /venv/bin/pip install --no-cache-dir --no-compile --require-hashes -r "$file"
done
/venv/bin/pip uninstall -q -y setuptools pip
find /venv -depth \( \
  -type d \( -name __pycache__ -o -name tests -o -name include \) \
  -o -type f \( -name '*.pyc' -o -name '*.pyi' -o -name '*.pxd' -o -name '*.pyx' -o -name '*.h' -o -name '*.hpp' \
     -o -name '*.c' -o -name '*.cpp' -o -name '*.a' -o -name '*.f90' \) \
  \) -exec rm -rf {} +
