#!/bin/sh
# Loads this release into a running Virtuoso, each part into its named graph.
#
#   load/virtuoso.sh [PORT]
#
# PORT is the port of the server for isql, by default 1111. The environment gives VIRTUOSO_PASSWORD
# of the user dba (by default dba) and ISQL, the program (by default isql; isql-vt in Debian).
# The directory of this release must be in DirsAllowed of virtuoso.ini.
set -eu
release=$(cd "$(dirname "$0")/.." && pwd)
port=${1:-1111}
# isql ends well whatever happens, but tells of errors.
run() {
    said=$("${ISQL:-isql}" "$port" dba "${VIRTUOSO_PASSWORD:-dba}" ERRORS=STDOUT VERBOSE=OFF \
        PROMPT=OFF BANNER=OFF exec="$1") || fail "$said"
    case $said in *'*** Error '*) fail "$said" ;; esac
    printf '%s\n' "$said"
}
fail() {
    printf '%s\n' "$1" >&2
    exit 1
}
# As text of SQL.
quoted=$(printf '%s' "$release" | sed "s/'/''/g")
for graph in "$release"/*.nt.graph; do
    file=$(basename "${graph%.graph}").gz
    # The metadata are in the core part as well.
    case $file in *-metadata.nt.gz) continue ;; esac
    # Virtuoso takes the name of the graph from the file beside it.
    run "ld_dir('$quoted', '$file', NULL);"
done
run "rdf_loader_run();"
run "checkpoint;"
failed=$(run "SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;")
case $failed in *[![:space:]]*) fail "$failed" ;; esac
for graph in "$release"/*.nt.graph; do
    file=$(basename "${graph%.graph}").gz
    case $file in *-metadata.nt.gz) continue ;; esac
    loaded=$(run "SELECT COUNT(*) FROM DB.DBA.load_list WHERE ll_state = 2 AND ll_file = '$quoted/$file';")
    case $loaded in *1*) ;; *) fail "$file: was not loaded; is $release in DirsAllowed?" ;; esac
done
