#!/bin/sh
# Makes the tiny model anew, from nothing to public/models/tiny: text, tokenizer, training, evaluation, files.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-/usr/bin/python3}
out=../public/models/tiny
# One thread per process, and memory that is kept instead of given back after every step: a third faster.
export OMP_WAIT_POLICY=passive OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=500000000

"$python" -m unittest --quiet test_text
"$python" train.py --out .build/tiny.pt "$@"
"$python" evaluate.py --model .build/tiny.pt --out evaluation.json
"$python" export_onnx.py --model .build/tiny.pt --out "$out"
cd "$out"
find . -type f | sort | xargs wc -c
find . -type f | sort | xargs sha256sum
