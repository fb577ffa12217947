#compdef curator
# Completion of curator for zsh. Nothing here, and nothing that it runs, executes what a repository says.
_curator() {
    local kind line value about
    local -a lines values shown folders
    lines=("${(@f)$(command curator __complete zsh "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
    kind=${lines[1]}
    for line in "${(@)lines[2,-1]}"; do
        value=${line%%$'\t'*}
        about=${line#*$'\t'}
        if [[ $value == */ ]]; then
            folders+=("$value")
        else
            values+=("$value")
            if [[ -n $about ]]; then
                shown+=("${value}  -- ${about}")
            else
                shown+=("$value")
            fi
        fi
    done
    local -a how
    [[ $kind == *open* ]] && how=(-S '')
    (( $#values )) && compadd $how -l -d shown -a values
    (( $#folders )) && compadd -S '' -a folders
}
if [[ $funcstack[1] == _curator ]]; then
    _curator "$@"
else
    compdef _curator curator
fi
