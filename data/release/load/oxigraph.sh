#!/bin/sh
# Loads this release into an Oxigraph database, each part into its named graph.
#
#   load/oxigraph.sh [DATABASE]
#
# DATABASE is a directory, by default pfocr-oxigraph in the working directory. Afterwards:
#   oxigraph serve-read-only --location pfocr-oxigraph
# Oxigraph 0.5: https://github.com/oxigraph/oxigraph, or `pip install oxigraph`.
set -eu
release=$(cd "$(dirname "$0")/.." && pwd)
database=${1:-pfocr-oxigraph}
for graph in "$release"/*.nt.graph; do
    file=${graph%.graph}.gz
    # The metadata are in the core part as well.
    case $file in *-metadata.nt.gz) continue ;; esac
    oxigraph load --location "$database" --file "$file" --graph "$(cat "$graph")"
done
# Without this step queries take 15 to 20 times as long.
oxigraph optimize --location "$database"
