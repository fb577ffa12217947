# Completion of curator for fish. Nothing here, and nothing that it runs, executes what a repository says.
function __curator_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l word (commandline -ct)
    command curator __complete fish $words "$word" 2>/dev/null | tail -n +2
end
complete -c curator -f -a '(__curator_complete)'
