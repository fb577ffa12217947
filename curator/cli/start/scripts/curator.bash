# Completion of curator for bash. Nothing here, and nothing that it runs, executes what a repository says.
_curator() {
    local rest=${COMP_LINE:0:COMP_POINT} blank word at kind value lead
    local -a words=()
    # Bash takes words apart at = and :, so they are put together again.
    for ((at = 0; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        blank=${rest%%[![:space:]]*}
        rest=${rest#"$blank"}
        if [[ -n $blank || $at -eq 0 ]]; then
            words+=("$word")
        else
            words[${#words[@]} - 1]+=$word
        fi
        rest=${rest#"$word"}
    done
    blank=${rest%%[![:space:]]*}
    rest=${rest#"$blank"}
    if [[ -n $blank ]]; then
        words+=("$rest")
    else
        words[${#words[@]} - 1]+=$rest
    fi
    word=${words[${#words[@]} - 1]}
    lead=${word%"${word##*[=:]}"}
    COMPREPLY=()
    {
        IFS= read -r kind
        while IFS=$'\t' read -r value _; do
            COMPREPLY+=("${value#"$lead"}")
        done
    } < <(command curator __complete bash "${words[@]:1}" 2>/dev/null)
    if [[ $kind == *quoted* && ${word#"$lead"} == [\"\']* ]]; then
        # Behind an open quote bash quotes what it takes for the names of files.
        compopt -o filenames 2>/dev/null
    elif [[ $kind == *quoted* ]]; then
        for at in "${!COMPREPLY[@]}"; do
            printf -v "COMPREPLY[at]" %q "${COMPREPLY[at]}"
        done
    fi
    if [[ $kind == *open* || ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -F _curator curator
