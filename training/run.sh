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

# train CONFIG OUTPUT TRAIN DEV [SETTING VALUE]… : one run on one core
train() {
    config=$1 output=$2 text=$3 dev=$4
    shift 4
    "$python" -u -m training.train "training/configs/$config.cfg" "$output" --train "$text" \
        --dev "$work/corpus/$dev.spacy" --vectors "$work/vectors" "$@" >"$output.log" 2>&1
}

# again STEPS RATE: the settings of a run that goes on with trained weights, at a rate that falls to nothing
again() {
    echo "--steps $1 --training.optimizer.learn_rate.total_steps $1 --training.optimizer.learn_rate.initial_rate $2" \
        "--training.optimizer.learn_rate.warmup_steps 100"
}

{
    train parser "$work/parser-1" "$work/corpus/ud-train.spacy" ud-dev --steps 5500
    # shellcheck disable=SC2046  # several words each
    train parser "$work/parser-2" "$work/corpus/ud-train.spacy" ud-dev --resume "$work/parser-1/model-best" \
        $(again 5000 0.001) --training.dropout 0.2 --training.batcher.size.start 1000
    # shellcheck disable=SC2046
    train parser "$work/parser-3" "$work/corpus/ud-train.spacy" ud-dev --resume "$work/parser-2/model-last" \
        $(again 3500 0.0008) --training.dropout 0.25 --training.batcher.size.start 1000 --system.seed 11
} &
parser=$!
train ner "$work/ner-1" "$work/corpus/ner-train.spacy" ner-dev &
ner=$!
wait "$parser"
wait "$ner"
"$python" -m training.average "$work/parser" "$work/parser-3/model-last" "$work/parser-2/model-last"

# The recogniser once more, with news whose names the whole extraction has found by the first one.
install_model() {
    "$python" -m training.assemble "$work/parser" "$1" kg/models/en_policy_news --scores training/scores.json
}
install_model "$work/ner-1/model-best"
"$python" -m training.silver "$KG_CORPORA/news/politics-4000.jsonl.gz" "$work/silver.spacy" --articles 700 \
    ${KG_KEPT_BACK:+--without "$KG_KEPT_BACK"}
mkdir -p "$work/named"
cp "$work/corpus/ner-train.spacy" "$work/silver.spacy" "$work/named/"
# shellcheck disable=SC2046
train ner "$work/ner-2" "$work/named" ner-dev --resume "$work/ner-1/model-best" \
    $(again 3000 0.001) --training.batcher.size.start 1500
# shellcheck disable=SC2046
train ner "$work/ner-3" "$work/named" ner-dev --resume "$work/ner-2/model-best" \
    $(again 2800 0.0009) --training.batcher.size.start 1500
"$python" -m training.average "$work/ner" "$work/ner-3/model-last" "$work/ner-3/model-last" \
    "$work/ner-2/model-best"

"$python" -m training.assemble "$work/parser" "$work/ner" "$work/assembled"
"$python" -m training.evaluate "$work/assembled" "$work/corpus" --output training/scores.json
install_model "$work/ner"
