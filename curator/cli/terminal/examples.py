"""Command lines to copy, for the help of each verb; a test parses every one of them."""

from __future__ import annotations

__all__ = ["EXAMPLES"]

EXAMPLES = {
    "init": "curator init obs_mycam_data --camera myCam",
    "adopt": "curator -C obs_decam_data adopt",
    "demo": "curator demo --keep /tmp/demo",
    "completion": "curator completion bash",
    "new": """\
curator new defects --detector S29 --start 2025-04-30T12:00:00
curator new --supersede decam/defects/s29/20150105T011500.ecsv \\
    --start 2025-05-01T12:00:00""",
    "note": 'curator note decam/defects/s29/*.ecsv -m "Masked the hot column 912"',
    "certify": """\
curator certify decam/defects/s29/20250430T120000.ecsv --start 2025-05-01
curator certify decam/defects/s29/20250430T120000.ecsv --end 2025-07-01""",
    "deprecate": """\
curator deprecate decam/defects/s29/20250430T120000.ecsv \\
    --reason "a light leak" --from 2025-07-10 --to 2025-07-20""",
    "import": "curator import crosstalk-s29.fits --type crosstalk --start 2025-04-30",
    "fix": """\
curator fix --diff                     # look first
curator fix decam/defects --select CUR1""",
    "check": """\
curator check                          # all of the repository
curator check decam/defects/s29        # some of it
curator check --from origin/main       # what a branch changes""",
    "baseline": "curator baseline write",
    "owners": "curator owners --write",
    "rule": "curator rule CUR301",
    "schema": """\
curator schema config
curator schema --to .vscode/schemas""",
    "lsp": "curator lsp                            # an editor starts it",
    "select": """\
curator select --type defects --detector S29 --date 2025-05-14T03:30:00
curator select --exposures night.csv --type defects --type crosstalk
curator select --exposures night.ecsv --output found.ecsv""",
    "why": """\
curator why --type defects --detector S29 --date 2025-05-14T03:30:00
curator why --type defects --detector S29 --date 2025-05-14 \\
    --registry butler:/repo/main""",
    "coverage": """\
curator coverage --type defects --problems
curator coverage --registry butler:/repo/main --picture coverage.svg""",
    "impact": """\
curator impact origin/main..HEAD --exposures night.csv --type defects
curator impact 2025.1..2025.2 --exposures night.csv --registry butler:REPO""",
    "export": "curator export ../export --rev v2025.1",
    "verify": "curator verify ../export/decam/defects/*/*.fits",
    "restore": "curator restore defects-s29.fits > defects-s29.ecsv",
    "show": """\
curator show decam/defects/s29/20150105T011500.ecsv
curator show defects-s29.fits --regions > bad.reg   # ds9 -regions bad.reg""",
    "ingest": """\
curator ingest ../export butler:/repo/main --label 2025.1 --dry-run
curator ingest ../export butler:/repo/main --label 2025.1 --prefer""",
    "plan": """\
curator plan ../export butler:/repo/main --label 2025.1 --prefer -o plan.json
curator plan butler:/repo/main --purge u/ada/trial -o purge.json""",
    "apply": "curator apply plan.json",
    "rollback": """\
curator rollback plan.json -o back.json
curator apply back.json""",
    "handover": "curator handover ../export ../for-the-summit --label 2025.1",
    "fingerprint": "curator fingerprint v2025.1 ../export butler:/repo/main",
    "pull": "curator pull butler:/repo/main --collection DECam/calib --type crosstalk",
    "holdings": """\
curator holdings butler:/repo/main
curator holdings butler:/repo/main --type defects --detector S29 --all""",
}
