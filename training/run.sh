#!/bin/sh
# Train, assemble, score and install the language model; see README.md. Usage: KG_CORPORA=folder training/run.sh [work folder]
set -eu
cd "$(dirname "$0")/.."
work=${1:-training/work}
python=${PYTHON:-python}
[ -n "${PYTHON:-}" ] || [ ! -x .venv/bin/python ] || python=.venv/bin/python
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 BLIS_NUM_THREADS=1
export PYTHONHASHSEED=0

mkdir -p "$work"
"$python" -m training.prepare "$work/corpus"
[ -d "$work/vectors" ] || "$python" -m training.vectors "$work"
for part in parser ner; do
    dev=ud-dev
    train=ud-train
    if [ "$part" = ner ]; then dev=ner-dev train=ner-train; fi
    "$python" -u -m training.train "training/configs/$part.cfg" "$work/$part" \
        --train "$work/corpus/$train.spacy" --dev "$work/corpus/$dev.spacy" --vectors "$work/vectors" \
        >"$work/$part.log" 2>&1 &
    eval "${part}_process=$!"
done
wait "$parser_process"
wait "$ner_process"
"$python" -m training.assemble "$work/parser/model-best" "$work/ner/model-best" "$work/assembled"
"$python" -m training.evaluate "$work/assembled" "$work/corpus" --output training/scores.json
"$python" -m training.assemble "$work/parser/model-best" "$work/ner/model-best" kg/models/en_policy_news \
    --scores training/scores.json
