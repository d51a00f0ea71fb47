#!/bin/sh
# Loads this release into an Apache Jena TDB2 database, each part into its named graph.
#
#   load/jena.sh [DATABASE]
#
# DATABASE is a directory, by default pfocr-tdb2 in the working directory. The environment gives
# TDBLOADER, the loader, by default tdb2.tdbloader. Afterwards:
#   fuseki-server --tdb2 --loc pfocr-tdb2 /pfocr
# Apache Jena: https://jena.apache.org/download/
set -eu
release=$(cd "$(dirname "$0")/.." && pwd)
database=${1:-pfocr-tdb2}
for graph in "$release"/*.nt.graph; do
    file=${graph%.graph}.gz
    # The metadata are in the core part as well.
    case $file in *-metadata.nt.gz) continue ;; esac
    ${TDBLOADER:-tdb2.tdbloader} --loc "$database" --graph "$(cat "$graph")" "$file"
done
